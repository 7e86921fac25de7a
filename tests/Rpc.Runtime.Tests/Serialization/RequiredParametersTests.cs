using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rpc.Runtime.Tests.Wire;
using Rpc.Serialization;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Serialization;

/// <summary>What a payload's constructor wants must be in the message: it is not made up.</summary>
public sealed class RequiredParametersTests
{
    private const string Whole = "{\"Name\":\"Ada\",\"Age\":36,\"Nickname\":null,\"IsAlive\":false}";

    private readonly string _name = Guid.NewGuid().ToString();

    public static TheoryData<bool, string> Missing => new MatrixTheoryData<bool, string>([false, true], ["Name", "Age", "Nickname", "IsAlive"]);

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Request_without_it_IsRefusedByName(bool ownContext, string member)
    {
        var reply = await AskAsync(Options<RpcServerOptions>(ownContext), Without(member));

        var fault = FaultFormat.Read(reply.Body);
        Assert.Equal((RpcStatus.InvalidArgument, RpcReason.BadRequest, false), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.Contains($"'{member}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_with_a_default_HaveItWhereTheyAreMissing(bool ownContext)
    {
        var reply = await AskAsync(Options<RpcServerOptions>(ownContext), Whole);

        Assert.Equal("\"Ada, 36, Bonn, \"", Encoding.UTF8.GetString(reply.Body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_without_it_CannotBeRead(bool ownContext)
    {
        await using var server = new RawSide(_name, "rpc.test.People");
        await using var client = await RpcClient.ConnectAsync("memory://" + _name, Options<RpcClientOptions>(ownContext));
        var found = client.Create<IPeople>().Find("Ada");
        var request = await server.NextAsync();
        server.Send(request.Properties.ReplyTo, new RequestProperties { CorrelationId = request.Properties.CorrelationId }, Encoding.UTF8.GetBytes(Without("Age")));

        var failure = await Assert.ThrowsAsync<RpcException>(() => found.Soon());
        Assert.Equal((RpcStatus.Internal, RpcReason.BadReply, true), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Contains("'Age'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_the_users_own_AreLeftAsTheyAre()
    {
        var options = new RpcServerOptions { Json = new JsonSerializerOptions() };
        Assert.False(options.Json.RespectRequiredConstructorParameters);

        Assert.Equal("\"Ada, 0, Bonn, \"", Encoding.UTF8.GetString((await AskAsync(options, Without("Age"))).Body));
    }

    [Fact]
    public async Task Options_of_the_users_own_CanAskForIt()
    {
        var options = new RpcServerOptions { Json = new JsonSerializerOptions { RespectRequiredConstructorParameters = true } };

        Assert.Equal(RpcReason.BadRequest, FaultFormat.Read((await AskAsync(options, Without("Age"))).Body).Reason);
    }

    private static T Options<T>(bool ownContext)
        where T : RpcOptions, new()
    {
        var options = new T();
        if (ownContext)
        {
            // Asked before reflection is; that it was asked, and not reflection, shows in what it hands out.
            options.JsonContexts.Add(PersonContext.Default);
            Assert.NotNull(((IJsonTypeInfoResolver)PersonContext.Default).GetTypeInfo(typeof(Person), new JsonSerializerOptions()));
        }

        return options;
    }

    private static string Without(string member)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        Assert.True(node.Remove(member));
        return node.ToJsonString();
    }

    private async Task<MemoryMessage> AskAsync(RpcServerOptions options, string person)
    {
        await using var server = await RpcServer.StartAsync("memory://" + _name, static services => services.Add<IPeople>(new People()), options);
        await using var client = new RawSide(_name, "replies");
        return await client.AskAsync("rpc.test.People", new RequestProperties { Type = "test.People/Describe" }, Encoding.UTF8.GetBytes($"{{\"person\":{person}}}"));
    }

    private sealed class People : IPeople
    {
        public Task<string> Describe(Person person) => Task.FromResult($"{person.Name}, {person.Age}, {person.City}, {person.Height}");

        public Task<Person> Find(string name) => throw new NotSupportedException();
    }
}
