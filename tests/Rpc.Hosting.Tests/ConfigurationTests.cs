using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;

namespace Rpc.Hosting.Tests;

/// <summary>Which keys of the configuration set what.</summary>
public sealed class ConfigurationTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Fact]
    public void Options_of_the_client_AreRead()
    {
        var options = ClientOptions(
            string.Empty,
            ("Rpc:Client:ConnectionName", "front"), ("Rpc:Client:ConnectTimeout", "00:00:03"), ("Rpc:Client:Heartbeat", "00:00:20"),
            ("Rpc:Client:WaitForBroker", "true"), ("Rpc:Client:MaxRequestSize", "1000"), ("Rpc:Client:MaxReplySize", "2000"),
            ("Rpc:Client:Tls:ServerName", "broker.test"), ("Rpc:Client:Tls:RevocationMode", "Online"),
            ("Rpc:Client:Timeout", "00:00:05.5"), ("Rpc:Client:WaitForReady", "False"), ("Rpc:Client:ReplyMode", "durable"),
            ("Rpc:Client:ReplyQueueExpiry", "00:01:00"), ("Rpc:Client:MaxInFlight", "50"), ("Rpc:Client:SendUserId", "true"),
            ("Rpc:Client:PassedOnHeaders:0", "tenant"), ("Rpc:Client:PassedOnHeaders:1", "region"),
            ("Rpc:Client:Retry:MaxAttempts", "5"), ("Rpc:Client:Retry:Delay", "00:00:01"), ("Rpc:Client:Retry:MaxDelay", "00:00:09"),
            ("Rpc:Client:Retry:NoServerWindow", "00:00:02"));

        Assert.Equal(
            ("front", 3, 20, true, 1000, 2000),
            (options.ConnectionName, options.ConnectTimeout.TotalSeconds, options.Heartbeat.TotalSeconds, options.WaitForBroker, options.MaxRequestSize, options.MaxReplySize));
        Assert.Equal(("broker.test", X509RevocationMode.Online), (options.Tls!.ServerName, options.Tls.RevocationMode));
        Assert.Equal(
            (5.5, false, RpcReplyMode.Durable, 60, 50, true),
            (options.Timeout.TotalSeconds, options.WaitForReady, options.ReplyMode, options.ReplyQueueExpiry.TotalSeconds, options.MaxInFlight, options.SendUserId));
        Assert.Equal(["tenant", "region"], options.PassedOnHeaders);
        Assert.Equal(
            new RpcRetryOptions { MaxAttempts = 5, Delay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(9), NoServerWindow = TimeSpan.FromSeconds(2) },
            options.Retry);
    }

    [Fact]
    public void Options_of_a_client_with_a_name_AreReadFromItsOwnSection()
    {
        var options = ClientOptions("billing", ("Rpc:Clients:billing:Timeout", "00:00:05"), ("Rpc:Client:Timeout", "00:00:06"));

        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
    }

    [Fact]
    public void Options_of_the_server_AreRead()
    {
        var builder = Hosts.Create(
            ("Rpc:Server:DrainTimeout", "00:00:07"), ("Rpc:Server:IncludeExceptionDetails", "true"), ("Rpc:Server:RequireUserId", "true"),
            ("Rpc:Server:AllowedReplyQueues:0", "answers.*"), ("Rpc:Server:Heartbeat", "00:00:15"));
        builder.Services.AddRpcServer(_broker);
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptionsMonitor<RpcServerOptions>>().CurrentValue;

        Assert.Equal((7, true, true, 15), (options.DrainTimeout.TotalSeconds, options.IncludeExceptionDetails, options.RequireUserId, options.Heartbeat.TotalSeconds));
        Assert.Equal(["answers.*"], options.AllowedReplyQueues);
    }

    [Fact]
    public void Code_CountsMoreThanTheConfiguration()
    {
        var builder = Hosts.Create(("Rpc:Client:Timeout", "00:00:05"), ("Rpc:Client:MaxInFlight", "9"));
        builder.Services.AddRpcClient(_broker, static options => options.Timeout = TimeSpan.FromSeconds(8));
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptionsMonitor<RpcClientOptions>>().CurrentValue;

        Assert.Equal((8, 9), (options.Timeout.TotalSeconds, options.MaxInFlight));
    }

    [Fact]
    public void Connection_is_called_like_the_program_unless_it_is_set()
    {
        Assert.Equal("desk-program", ClientOptions(string.Empty).ConnectionName);
    }

    /// <summary>A new option must get a key, or be named here as one that only code can set.</summary>
    [Theory]
    [InlineData(typeof(RpcClientOptions), "Rpc:Client")]
    [InlineData(typeof(RpcServerOptions), "Rpc:Server")]
    [InlineData(typeof(RpcRetryOptions), "Rpc:Client:Retry")]
    [InlineData(typeof(RpcServiceOptions), "Rpc:Services:IDesk")]
    [InlineData(typeof(RpcRoute), "Rpc:Services:IDesk")]
    public async Task Every_option_HasAKey(Type options, string section)
    {
        string[] codeOnly = ["Serializer", "Json", "JsonContexts", "LoggerFactory", "TimeProvider", "Filters"];
        var builder = Hosts.Create(($"{section}:Nonsense", "1"));
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient(_broker);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        var known = Assert.Single(refused.Failures).Split("expected one of ")[1].TrimEnd('.').Split(", ");
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name).Except(codeOnly).ToArray();
        Assert.NotEmpty(properties);
        Assert.Empty(properties.Except(known));
    }

    [Theory]
    [InlineData("Rpc.Hosting.Tests.Contracts.IDesk")]
    [InlineData("IDesk")]
    public async Task Contract_section_IsForServerAndClient(string contract)
    {
        var builder = Hosts.Create(
            ($"Rpc:Services:{contract}:Queue", "rpc.desks"), ($"Rpc:Services:{contract}:MaxConcurrency", "3"), ($"Rpc:Services:{contract}:MaxQueued", "11"),
            ($"Rpc:Services:{contract}:QueueType", "Quorum"), ($"Rpc:Services:{contract}:QueueExpiry", "00:02:00"), ($"Rpc:Services:{contract}:Topology", "Declare"),
            ($"Rpc:Services:{contract}:Wire", "Standard"), ($"Rpc:Services:{contract}:Timeout", "00:00:04"), ($"Rpc:Services:{contract}:WaitForReady", "false"));
        RpcServiceOptions? configured = null;
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>(configure: options => configured = options with { MaxQueued = 12 });
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("yes", await host.Get<IDesk>().Ask("yes"));

        Assert.Equal(
            new RpcServiceOptions
            {
                Queue = "rpc.desks", MaxConcurrency = 3, MaxQueued = 12, QueueType = RpcQueueType.Quorum, QueueExpiry = TimeSpan.FromMinutes(2),
                Topology = RpcTopology.Declare, Wire = RpcWire.Standard,
            },
            configured);
        var served = Assert.Single(host.Get<HostedServer>().Server!.Hosts);
        Assert.Equal(("rpc.desks", 3, 12), (served.Queue.Name, served.MaxConcurrency, served.MaxQueued));
        var calls = ((Rpc.Client.RpcInvoker)((IRpcProxy)host.Get<IDesk>()).Invoker).Options;
        Assert.Equal((TimeSpan.FromSeconds(4), false), (calls.Timeout, calls.WaitForReady));
    }

    [Fact]
    public async Task Route_in_code_CountsMoreThanTheConfiguration()
    {
        await using var server = await RpcServer.StartAsync(
            _broker, static services => services.Add<IDesk>(new EchoDesk(), new RpcServiceOptions { Queue = "of.code" }));
        var builder = Hosts.Create(("Rpc:Services:IDesk:Queue", "of.configuration"));
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>(new RpcRoute { Queue = "of.code" });
        await using var host = await builder.StartAsync();

        Assert.Equal("yes", await host.Get<IDesk>().Ask("yes"));
    }

    private RpcClientOptions ClientOptions(string name, params (string, string?)[] configuration)
    {
        var builder = Hosts.Create(configuration);
        _ = name.Length == 0 ? builder.Services.AddRpcClient(_broker) : builder.Services.AddKeyedRpcClient(name, _broker);
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptionsMonitor<RpcClientOptions>>().Get(name);
    }
}
