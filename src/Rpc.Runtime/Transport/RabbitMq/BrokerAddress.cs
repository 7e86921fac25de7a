using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>Where a RabbitMQ broker is. Its text form, for logs and exceptions, has no credentials.</summary>
internal sealed class BrokerAddress
{
    // What the AMQP client is told to take. It closes the connection on anything larger, and the broker would then deliver the same message again, so
    // this is no place for a limit: sizes are checked on the message instead. RabbitMQ 3's own limit is 128 MiB.
    private const uint MaxInboundMessageSize = 512 * 1024 * 1024;

    // How long the library waits for the answer to an operation on a channel. Far longer than anybody here waits (Opening and the closers do that), since it
    // forgets what it gave up: a channel that the broker opens late would then stay for the connection's life, and a late answer can end the connection.
    private static readonly TimeSpan s_lateAnswer = TimeSpan.FromMinutes(10);

    private readonly Uri _uri;

    private BrokerAddress(Uri uri, string user, string display, BrokerEndpoint endpoint)
    {
        Endpoint = endpoint;
        _uri = uri;
        User = user;
        Display = display;
    }

    /// <summary>The user that the connection logs in as.</summary>
    public string User { get; }

    /// <summary>Host and port, for telemetry.</summary>
    public BrokerEndpoint Endpoint { get; }

    /// <summary>Scheme, host, port and virtual host.</summary>
    public string Display { get; }

    /// <summary>Reads a connection string.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="expected">What is allowed, for the error.</param>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static BrokerAddress Parse(string connectionString, string expected)
    {
        // The text itself stays out of the error: it may hold a password.
        if (!Uri.TryCreate(connectionString, UriKind.Absolute, out var uri))
        {
            throw new ArgumentException($"The connection string is not a URI. {expected}", nameof(connectionString));
        }

        if (uri.Scheme is not ("amqp" or "amqps"))
        {
            throw new ArgumentException($"The connection string has the scheme '{uri.Scheme}'. {expected}", nameof(connectionString));
        }

        // A password with '/' or '@' that is not encoded ends up in the path, and would be shown as the virtual host.
        if (uri.AbsolutePath.Contains('@', StringComparison.Ordinal))
        {
            throw Invalid(connectionString, expected);
        }

        try
        {
            var factory = new ConnectionFactory { Uri = uri };
            var (host, port) = (factory.HostName, factory.Endpoint.Port);
            return new BrokerAddress(
                uri, factory.UserName, $"{uri.Scheme}://{host}:{port}{VirtualHost(factory.VirtualHost)}", new BrokerEndpoint("rabbitmq", host, port));
        }
        catch (Exception)
        {
            // The library's own words, and so its exception, may quote the password.
            throw Invalid(connectionString, expected);
        }
    }

    /// <summary>Makes what opens connections to it.</summary>
    /// <param name="options">The options of the client or server.</param>
    public ConnectionFactory CreateFactory(RpcOptions options)
    {
        var factory = NewFactory(options);
        if (_uri.Scheme == "amqps")
        {
            BrokerTls.Apply(factory, options.Tls ?? new RpcTlsOptions(), hasUser: _uri.UserInfo.Length > 0);
        }

        return factory;
    }

    /// <inheritdoc/>
    public override string ToString() => Display;

    private ConnectionFactory NewFactory(RpcOptions options) => new()
    {
        Uri = _uri,
        ClientProvidedName = options.ConnectionName,

        // The library's recovery has no backoff, publishes before consumers are back and loses consumers; KeptOpen does it.
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,

        RequestedHeartbeat = options.Heartbeat,
        RequestedConnectionTimeout = options.ConnectTimeout,
        SocketReadTimeout = options.ConnectTimeout,
        SocketWriteTimeout = options.ConnectTimeout,
        HandshakeContinuationTimeout = options.ConnectTimeout,
        ContinuationTimeout = s_lateAnswer,
        MaxInboundMessageBodySize = MaxInboundMessageSize,
    };

    private static string VirtualHost(string name) => name == "/" ? "/" : "/" + Uri.EscapeDataString(name);

    private static ArgumentException Invalid(string connectionString, string expected) => new(
        $"The connection string is not valid: ':', '/', '@', '?', '#' and '%' in a user name or password are written percent-encoded, and a virtual host is one segment. {expected}",
        nameof(connectionString));
}
