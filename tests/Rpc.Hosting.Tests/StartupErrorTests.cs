using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;

namespace Rpc.Hosting.Tests;

/// <summary>What is wrong with options and services is told when the host starts, in one message.</summary>
public sealed class StartupErrorTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Theory]
    [InlineData("Rpc:Client:Timeout", "soon", "'Rpc:Client:Timeout' is 'soon'; expected a time as hours:minutes:seconds, such as 00:00:30.")]
    [InlineData("Rpc:Client:Timeout", "30", "'Rpc:Client:Timeout' is '30'; expected a time as hours:minutes:seconds, such as 00:00:30.")] // not 30 days
    [InlineData("Rpc:Client:Timeout", "-00:00:01", "'Rpc:Client:Timeout' is '-00:00:01': Timeout must be positive and at most 24.00:00:00.")]
    [InlineData("Rpc:Client:MaxInFlight", "many", "'Rpc:Client:MaxInFlight' is 'many'; expected a whole number.")]
    [InlineData("Rpc:Client:MaxInFlight", "0", "'Rpc:Client:MaxInFlight' is '0': MaxInFlight must be 1 to 10,000,000.")]
    [InlineData("Rpc:Client:WaitForReady", "yes", "'Rpc:Client:WaitForReady' is 'yes'; expected true or false.")]
    [InlineData("Rpc:Client:ReplyMode", "1", "'Rpc:Client:ReplyMode' is '1'; expected Exclusive, Direct, Durable.")]
    [InlineData("Rpc:Client:Retry", "3", "'Rpc:Client:Retry' is '3'; expected a section.")]
    [InlineData("Rpc:Client:Retry:MaxAttempts", "0", "'Rpc:Client:Retry:MaxAttempts' is '0': Retry.MaxAttempts must be 1 to 100.")]
    [InlineData("Rpc:Client:Retry:Attempts", "3", "'Rpc:Client:Retry:Attempts' is unknown; expected one of Delay, MaxAttempts, MaxDelay, NoServerWindow.")]
    [InlineData("Rpc:Client:Timeout:Seconds", "3", "'Rpc:Client:Timeout' is a section; expected a time as hours:minutes:seconds, such as 00:00:30.")]
    [InlineData("Rpc:Client:PassedOnHeaders", "tenant", "'Rpc:Client:PassedOnHeaders' is 'tenant'; expected an array of texts.")]
    [InlineData("Rpc:Client:PassedOnHeaders:0", "", "'Rpc:Client:PassedOnHeaders:0' is empty or a section; expected a text.")]
    [InlineData("Rpc:Client:ConnectionName", "", "'Rpc:Client:ConnectionName' is ''; expected a text.")]
    [InlineData("Rpc:Services:IDesk:Wire", "Bar", "'Rpc:Services:IDesk:Wire' is 'Bar'; expected Standard, Bare.")]
    public async Task Setting_that_is_not_valid_IsNamedWithItsValueAndWhatWasExpected(string key, string value, string expected)
    {
        var builder = Hosts.Create((key, value));
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public async Task All_that_is_wrong_IsToldAtOnce()
    {
        var builder = Hosts.Create(("Rpc:Client:Tiemout", "00:00:01"), ("Rpc:Client:Heartbeat", "never"), ("Rpc:Services:IDesk:Queue", "amq.desks"));
        builder.Services.AddRpcClient(static options => options.MaxInFlight = -1).AddContract<IDesk>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Collection(
            refused.Failures,
            static failure => Assert.Equal("'Rpc:Client:Heartbeat' is 'never'; expected a time as hours:minutes:seconds, such as 00:00:30.", failure),
            static failure => Assert.StartsWith("'Rpc:Client:Tiemout' is unknown; expected one of Batching, ConnectTimeout,", failure, StringComparison.Ordinal),
            static failure => Assert.Equal("RpcClientOptions.MaxInFlight is -1: MaxInFlight must be 1 to 10,000,000.", failure),
            static failure => Assert.StartsWith("The RPC client has no connection string", failure, StringComparison.Ordinal),
            static failure => Assert.Contains("names that start with 'amq.' belong to the broker", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contract_that_is_configured_under_both_names_IsAnError()
    {
        var builder = Hosts.Create(("Rpc:Services:IDesk:MaxQueued", "1"), ("Rpc:Services:Rpc.Hosting.Tests.Contracts.IDesk:MaxQueued", "2"));
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Equal("'Rpc:Services:Rpc.Hosting.Tests.Contracts.IDesk' and 'Rpc:Services:IDesk' are the same contract; expected one of them.", refused.Message);
    }

    [Fact]
    public async Task Contract_that_is_served_twice_IsAnError()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>().AddService<IDesk, EchoDesk>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Contains($"{typeof(IDesk)} is served already", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_services_on_one_queue_AreAnError()
    {
        var builder = Hosts.Create(("Rpc:Services:IDesk:Queue", "same"), ("Rpc:Services:ITill:Queue", "same"));
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>().AddService<ITill, TillService>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Contains("cannot share the queue 'same'", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_option_out_of_its_range_IsAnError()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>(configure: static options => options with { MaxConcurrency = 0 });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Equal($"MaxConcurrency of {typeof(IDesk)} must be 1 to 10,000.", refused.Message);
    }

    [Fact]
    public async Task Dependencies_that_cannot_be_had_AreAnErrorThatNamesThemAll()
    {
        var builder = Hosts.Create();
        builder.Environment.EnvironmentName = Environments.Production; // where the container itself does not look
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions()));
        builder.Services.AddRpcServer(_broker).AddService<IDesk, GateDesk>().AddService<ITill, TillService>().AddFilter<NeedyFilter>();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => builder.StartAsync());

        Assert.StartsWith($"The RPC server cannot start. {typeof(GateDesk)} cannot be made: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Rpc.TestKit.Conformance.Gate", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{typeof(NeedyFilter)} cannot be made: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("System.Version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_that_refuses_the_queue_StopsTheStart()
    {
        await using var other = await RpcServer.StartAsync(
            _broker, static services => services.Add<IDesk>(new EchoDesk(), new RpcServiceOptions { QueueExpiry = TimeSpan.FromMinutes(1) }));
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();

        var refused = await Assert.ThrowsAsync<RpcException>(() => builder.StartAsync());

        Assert.Equal(RpcReason.Refused, refused.Reason);
        Assert.Contains("rpc.Rpc.Hosting.Tests.Contracts.IDesk", refused.Message, StringComparison.Ordinal);
    }

    private sealed class NeedyFilter(Version version) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) => version is null ? default : next(context);
    }
}
