using Rpc.Integration.Tests.Security.Tls;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Integration.Tests.Security;

/// <summary>No password is in anything that is logged or thrown, whatever goes wrong.</summary>
[Collection(nameof(TlsBrokers))]
public sealed class CredentialTests(TlsBrokers brokers) : IDisposable
{
    // As it is in the connection string, and as it is.
    private const string Encoded = "p%40ss%2Fw0rd%3A-of-nobody";
    private const string Decoded = "p@ss/w0rd:-of-nobody";

    private readonly EverythingTold _told = new();

    public void Dispose() => _told.Dispose();

    [Theory]
    [InlineData("amqp://certified:{0}@127.0.0.1:{1}", RpcReason.Refused)] // wrong password
    [InlineData("amqp://nobody:{0}@127.0.0.1:{1}", RpcReason.Refused)]
    [InlineData("amqp://certified:{0}@127.0.0.1:{1}/no-such-host", RpcReason.Refused)]
    [InlineData("amqp://certified:{0}@127.0.0.1:1", RpcReason.NotConnected)]
    [InlineData("amqps://certified:{0}@127.0.0.1:{1}", RpcReason.NotConnected)]
    [InlineData("amqp://certified:{0}@no.such.host.invalid:{1}", RpcReason.NotConnected)]
    public async Task Connection_that_fails(string address, RpcReason reason)
    {
        var broker = await brokers.OpenAsync();
        address = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Encoded, broker.Port);

        var client = await Assert.ThrowsAsync<RpcException>(() => RpcClient.ConnectAsync(address, new RpcClientOptions { LoggerFactory = _told }));
        var server = await Assert.ThrowsAsync<RpcException>(
            () => RpcServer.StartAsync(address, static services => services.Add<IProbe>(new ProbeService()), new RpcServerOptions { LoggerFactory = _told }));

        Assert.Equal((reason, reason), (client.Reason, server.Reason));
        _told.Add(client);
        _told.Add(server);
        AssertNoPassword();
    }

    [Theory]
    [InlineData("amqp://user:{0}@")]
    [InlineData("amqp://user:{0}@host:port")]
    [InlineData("amqp://user:{0}@host:99999")]
    [InlineData("amqp://user:{1}@host")] // with characters that are to be encoded
    [InlineData("amqp://user:{0}@host/a/b")]
    [InlineData("http://user:{0}@host")]
    [InlineData("user:{0}@host")]
    [InlineData("amqp//user:{0}@host")]
    [InlineData("amqp://user:{0}%zz@host")]
    [InlineData("amqp://user:{0}:{0}@host")]
    public void Connection_string_that_is_none(string address)
    {
        address = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Encoded, Decoded);

        _told.Add(Record.Exception(() => RpcClient.ConnectAsync(address).GetAwaiter().GetResult()) ?? throw new InvalidOperationException("It was taken."));
        _told.Add(Record.Exception(() => RpcServer.StartAsync(address, static services => services.Add<IProbe>(new ProbeService())).GetAwaiter().GetResult()));

        AssertNoPassword();
    }

    [Fact]
    public async Task Calls_and_losses_on_a_connection_that_works()
    {
        var broker = await brokers.OpenAsync();
        var queue = $"credentials.{Guid.NewGuid():N}";
        var address = $"amqp://certified:{TlsBrokers.Password}@127.0.0.1:{broker.Port}";
        await using var server = await RpcServer.StartAsync(
            address,
            services => services.Add<IProbe>(new ProbeService((_, _) => throw new InvalidOperationException("on purpose")), new RpcServiceOptions { Queue = queue }),
            new RpcServerOptions { LoggerFactory = _told, IncludeExceptionDetails = true });
        await using var client = await RpcClient.ConnectAsync(address, new RpcClientOptions { LoggerFactory = _told });
        var probe = client.Create<IProbe>(new RpcRoute { Queue = queue });

        _told.Add(await Assert.ThrowsAsync<RpcException>(() => probe.Ask("q")));
        _told.Add(await Assert.ThrowsAsync<RpcException>(() => client.Create<IProbe>(new RpcRoute { Queue = "no.such.queue" }).Ask("q")));
        var before = _told.LogLines;
        await broker.RunCtlAsync("close_all_connections", "the test closes it");
        await Eventually.IsTrueAsync(() => _told.LogLines >= before + 2, "the lost connections are logged");
        _told.Add(await Record.ExceptionAsync(() => probe.Ask("again")));
        _told.Add($"{client} {server} {probe}");

        AssertNoPassword();
    }

    private void AssertNoPassword()
    {
        var text = _told.Text;
        Assert.NotEmpty(text);
        foreach (var password in (string[])[Encoded, Decoded, TlsBrokers.Password, "w0rd"])
        {
            Assert.DoesNotContain(password, text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
