using Rpc.TestKit.Contracts;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>Clients and servers at a broker whose certificate comes from a private authority.</summary>
[Collection(nameof(TlsBrokers))]
public sealed class TlsTests(TlsBrokers brokers)
{
    [Fact]
    public async Task Own_authority_is_trusted()
    {
        var address = TlsBrokers.Address(await brokers.OpenAsync());

        await using var server = await RpcServer.StartAsync(
            address, services => services.Add<IProbe>(new ProbeService()), new RpcServerOptions { Tls = Trusting(brokers.Authority) });
        await using var client = await RpcClient.ConnectAsync(address, new RpcClientOptions { Tls = Trusting(brokers.Authority) });

        Assert.Equal("over TLS", await client.Create<IProbe>().Ask("over TLS"));
    }

    [Fact]
    public async Task One_trusted_authority_among_others_is_enough()
    {
        var tls = Trusting(new TestAuthority("another"), brokers.Authority);

        await using var client = await RpcClient.ConnectAsync(TlsBrokers.Address(await brokers.OpenAsync()), new RpcClientOptions { Tls = tls });
    }

    [Fact]
    public async Task Without_the_authority_the_systems_are_asked_and_do_not_know_it() =>
        await RefusedAsync(TlsBrokers.Address(await brokers.OpenAsync()), tls: null);

    [Fact]
    public async Task Another_authority_of_the_same_name_is_not_trusted() =>
        await RefusedAsync(TlsBrokers.Address(await brokers.OpenAsync()), Trusting(new TestAuthority("test authority")));

    [Fact]
    public async Task Certificate_of_another_name_is_not_trusted()
    {
        var byNumber = TlsBrokers.Address(await brokers.OpenAsync(), host: "127.0.0.1");

        await RefusedAsync(byNumber, Trusting(brokers.Authority));

        // It is the name that was wrong.
        var tls = Trusting(brokers.Authority);
        tls.ServerName = "localhost";
        await using var client = await RpcClient.ConnectAsync(byNumber, new RpcClientOptions { Tls = tls });
    }

    [Fact]
    public async Task Name_that_is_asked_for_is_checked_and_not_the_address()
    {
        var tls = Trusting(brokers.Authority);
        tls.ServerName = "broker.example";

        await RefusedAsync(TlsBrokers.Address(await brokers.OpenAsync()), tls);
    }

    [Fact]
    public async Task Plain_connection_to_the_port_for_TLS_is_told_within_the_time()
    {
        var broker = await brokers.OpenAsync();

        await RefusedAsync($"amqp://guest:guest@localhost:{broker.TlsPort}", tls: null);
    }

    [Fact]
    public async Task TLS_to_the_plain_port_is_told_within_the_time()
    {
        var broker = await brokers.OpenAsync();

        await RefusedAsync($"amqps://guest:guest@localhost:{broker.Port}", Trusting(brokers.Authority));
    }

    internal static RpcTlsOptions Trusting(params TestAuthority[] authorities)
    {
        var tls = new RpcTlsOptions();
        foreach (var authority in authorities)
        {
            tls.TrustedAuthorities.Add(authority.Certificate);
        }

        return tls;
    }

    internal static async Task<RpcException> RefusedAsync(string address, RpcTlsOptions? tls)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            () => RpcClient.ConnectAsync(address, new RpcClientOptions { Tls = tls, ConnectTimeout = TimeSpan.FromSeconds(5) }));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.NotConnected), (failure.Status, failure.Reason));
        Assert.Contains(new Uri(address).GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped), failure.Message, StringComparison.Ordinal);
        return failure;
    }
}
