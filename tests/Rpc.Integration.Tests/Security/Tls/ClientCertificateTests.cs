using System.Security.Cryptography.X509Certificates;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Contracts;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>A broker that takes only those who show a certificate of its authority.</summary>
[Collection(nameof(TlsBrokers))]
public sealed class ClientCertificateTests(TlsBrokers brokers)
{
    [Fact]
    public async Task With_a_certificate_the_password_logs_in()
    {
        var address = TlsBrokers.Address(await brokers.MutualAsync());
        var tls = Showing(brokers.ClientCertificate("somebody else"));

        await using var server = await RpcServer.StartAsync(address, services => services.Add<IProbe>(new ProbeService()), new RpcServerOptions { Tls = tls });
        await using var client = await RpcClient.ConnectAsync(address, new RpcClientOptions { Tls = tls });

        Assert.Equal("x", await client.Create<IProbe>().Ask("x"));
    }

    [Fact]
    public async Task Without_a_certificate_the_broker_takes_nobody() =>
        await TlsTests.RefusedAsync(TlsBrokers.Address(await brokers.MutualAsync()), TlsTests.Trusting(brokers.Authority));

    [Fact]
    public async Task Certificate_of_another_authority_is_not_taken() => await TlsTests.RefusedAsync(
        TlsBrokers.Address(await brokers.MutualAsync()), Showing(new TestAuthority("another").Issue(TlsBrokers.CertifiedUser, TestAuthority.ClientUse)));

    [Fact]
    public async Task Certificate_alone_logs_in_as_its_common_name()
    {
        var broker = await brokers.MutualAsync();
        var address = $"amqps://localhost:{broker.TlsPort}";

        await using var server = await RpcServer.StartAsync(
            address,
            services => services.Add<IProbe>(new ProbeService(), new RpcServiceOptions { Queue = "external" }),
            new RpcServerOptions { Tls = Showing(brokers.ClientCertificate()) });
        await using var client = await RpcClient.ConnectAsync(
            address, new RpcClientOptions { Tls = Showing(brokers.ClientCertificate()), ConnectionName = "logged in by certificate" });

        Assert.Equal("x", await client.Create<IProbe>(new RpcRoute { Queue = "external" }).Ask("x"));
        var login = await LoginAsync(broker, "logged in by certificate");
        Assert.StartsWith($"{TlsBrokers.CertifiedUser}\tEXTERNAL\t", login, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_a_user_whom_the_broker_does_not_know_is_refused_with_the_brokers_words()
    {
        var broker = await brokers.MutualAsync();
        var options = new RpcClientOptions { Tls = Showing(brokers.ClientCertificate("nobody")) };

        var failure = await Assert.ThrowsAsync<RpcException>(() => RpcClient.ConnectAsync($"amqps://localhost:{broker.TlsPort}", options));

        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (failure.Status, failure.Reason));
        Assert.Contains("ACCESS_REFUSED", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> LoginAsync(PrivateBroker broker, string connection) =>
        (await broker.RunCtlAsync("list_connections", "--silent", "user", "auth_mechanism", "client_properties"))
        .Split('\n').Single(line => line.Contains(connection, StringComparison.Ordinal));

    private RpcTlsOptions Showing(X509Certificate2 certificate)
    {
        var tls = TlsTests.Trusting(brokers.Authority);
        tls.ClientCertificates.Add(certificate);
        return tls;
    }
}
