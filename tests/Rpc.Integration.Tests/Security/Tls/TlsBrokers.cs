using System.Security.Cryptography.X509Certificates;
using Rpc.TestKit.Broker;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>
/// Two brokers whose certificates come from one private authority: one that takes everybody who has a password, and one that takes only those who show a certificate. Each is
/// started by the first test that asks.
/// </summary>
[CollectionDefinition(nameof(TlsBrokers))]
public sealed class TlsBrokers : ICollectionFixture<TlsBrokers>, IAsyncLifetime
{
    /// <summary>The user whom a client certificate of <see cref="ClientCertificate"/> stands for.</summary>
    public const string CertifiedUser = "certified";

    /// <summary>What each user's password is.</summary>
    public const string Password = "Pa55-w0rd-of-the-test";

    private static readonly string[] s_mutual =
    [
        "ssl_options.verify = verify_peer",
        "ssl_options.fail_if_no_peer_cert = true",
        "ssl_cert_login_from = common_name",
        "auth_mechanisms.1 = PLAIN",
        "auth_mechanisms.2 = EXTERNAL",
    ];

    private readonly TestAuthority _authority = new("test authority");
    private readonly Lazy<Task<PrivateBroker>> _open;
    private readonly Lazy<Task<PrivateBroker>> _mutual;

    public TlsBrokers()
    {
        _open = new(() => StartAsync(new BrokerSettings { Certificate = _authority.ForBroker("localhost") }));
        _mutual = new(() => StartAsync(new BrokerSettings
        {
            Certificate = _authority.ForBroker("localhost", "127.0.0.1"),
            Configuration = s_mutual,
            Plugins = ["rabbitmq_auth_mechanism_ssl"],
        }));
    }

    internal TestAuthority Authority => _authority;

    /// <summary>The broker that takes everybody who has a password. Its certificate is for the name localhost alone.</summary>
    public Task<PrivateBroker> OpenAsync() => _open.Value;

    /// <summary>The broker that takes only those who show a certificate.</summary>
    public Task<PrivateBroker> MutualAsync() => _mutual.Value;

    /// <summary>The address of a broker for the user who has a password.</summary>
    public static string Address(PrivateBroker broker, string host = "localhost", string? password = Password) =>
        $"amqps://{CertifiedUser}:{Uri.EscapeDataString(password ?? "")}@{host}:{broker.TlsPort}";

    /// <summary>A certificate that the broker takes, of the given user.</summary>
    public X509Certificate2 ClientCertificate(string user = CertifiedUser) => _authority.Issue(user, TestAuthority.ClientUse);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in (Lazy<Task<PrivateBroker>>[])[_open, _mutual])
        {
            if (broker is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started })
            {
                await started.Result.DisposeAsync();
            }
        }
    }

    private static async Task<PrivateBroker> StartAsync(BrokerSettings settings)
    {
        var broker = await BrokerFixture.StartPrivateAsync(settings);
        await broker.RunCtlAsync("add_user", CertifiedUser, Password);
        await broker.RunCtlAsync("set_permissions", CertifiedUser, ".*", ".*", ".*");
        return broker;
    }
}
