using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;

namespace Rpc.Hosting.Tests;

/// <summary>Where the connection string comes from.</summary>
public sealed class ConnectionStringTests
{
    private readonly string _broker = Hosts.NewBroker();

    /// <summary>The keys before it are set to nothing, those after it to another broker.</summary>
    [Theory]
    [InlineData("Rpc:Server:ConnectionString", "Rpc:Client:ConnectionString", "Rpc:ConnectionString", "ConnectionStrings:rabbitmq")]
    [InlineData("Rpc:ConnectionString", "Rpc:ConnectionString", "ConnectionStrings:rabbitmq")]
    [InlineData("ConnectionStrings:rabbitmq", "ConnectionStrings:rabbitmq")]
    public async Task First_key_that_is_set_Counts(string server, string client, params string[] others)
    {
        var settings = others.ToDictionary(static key => key, static string? (_) => Hosts.NewBroker());
        settings[server] = settings[client] = _broker;
        var builder = Hosts.Create([.. settings.Select(static pair => (pair.Key, pair.Value))]);
        builder.Services.AddRpcServer().AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient().AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        await using var outside = await RpcClient.ConnectAsync(_broker);
        Assert.Equal("here", await host.Get<IDesk>().Ask("here"));
        Assert.Equal("here", await outside.Create<IDesk>().Ask("here"));
    }

    [Theory]
    [InlineData("Rpc:Clients:billing:ConnectionString", "ConnectionStrings:billing", "Rpc:ConnectionString", "ConnectionStrings:rabbitmq")]
    [InlineData("ConnectionStrings:billing", "Rpc:ConnectionString", "ConnectionStrings:rabbitmq")]
    [InlineData("Rpc:ConnectionString", "ConnectionStrings:rabbitmq")]
    [InlineData("ConnectionStrings:rabbitmq")]
    public async Task First_key_of_a_client_with_a_name_that_is_set_Counts(string key, params string[] others)
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new EchoDesk()));
        var builder = Hosts.Create([(key, _broker), .. others.Select(static other => (other, (string?)Hosts.NewBroker()))]);
        builder.Services.AddKeyedRpcClient("billing").AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("here", await host.Get<IDesk>("billing").Ask("here"));
    }

    [Fact]
    public async Task Connection_string_in_code_CountsMost()
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new EchoDesk()));
        var builder = Hosts.Create(("Rpc:Client:ConnectionString", Hosts.NewBroker()));
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("here", await host.Get<IDesk>().Ask("here"));
    }

    [Fact]
    public async Task None_at_all_IsAnErrorThatNamesTheKeys()
    {
        var builder = Hosts.Create(("Rpc:ConnectionString", " "));
        builder.Services.AddRpcServer().AddService<IDesk, EchoDesk>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Equal(
            "The RPC server has no connection string: give one to AddRpcServer, or set one of the configuration keys " +
            "'Rpc:Server:ConnectionString', 'Rpc:ConnectionString', 'ConnectionStrings:rabbitmq'.",
            refused.Message);
    }

    [Fact]
    public async Task Invalid_one_IsAnErrorThatNamesTheKeyAndNotThePassword()
    {
        var builder = Hosts.Create(("ConnectionStrings:rabbitmq", "http://guest:secret@localhost"));
        builder.Services.AddRpcClient();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.StartsWith("'ConnectionStrings:rabbitmq': The connection string has the scheme 'http'. Expected amqp://", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }
}
