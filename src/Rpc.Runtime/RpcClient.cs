using System.Collections.Concurrent;
using Rpc.Calls;
using Rpc.Client;
using Rpc.Client.Retry;
using Rpc.Diagnostics;
using Rpc.Filters;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc;

/// <summary>
/// Makes calls. One client has one connection, which all its proxies and calls share; a program usually needs one. Thread-safe.
/// </summary>
/// <remarks>
/// The client connects again by itself whenever its connection is lost, for as long as it lives. Calls that were sent then end at once as
/// Unavailable/ConnectionLost; those that still wait are sent through the next connection, inside their deadlines.
/// </remarks>
public sealed partial class RpcClient : IAsyncDisposable
{
    private RpcClientOptions _options; // replaced as a whole; see Reload
    private readonly IRpcSerializer _serializer;
    private readonly IClientTransport _transport;
    private readonly PendingCalls _calls;
    private readonly ConcurrentDictionary<string, RequestSender> _senders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RpcContract, IRpcSerializer> _serializers = new();
    private readonly RetryBudget _retryBudget = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<RpcClientCallContext, ValueTask>? _filters;
    private readonly CallRetrier? _retrier;
    private readonly ClientTelemetry _telemetry;
    private int _disposed;

    private RpcClient(RpcClientOptions options, IClientTransport transport)
    {
        _options = options;
        _serializer = options.Serializer ?? JsonRpcSerializer.Create(options.Json, options.JsonContexts);
        _transport = transport;
        _calls = new PendingCalls(transport, options.TimeProvider);
        _filters = FilterChain.Compose(options.Filters, FilteredCall.SendAsync);
        _retrier = CreateRetrier(options.Retry);
        _telemetry = new ClientTelemetry(transport.Endpoint, options.TimeProvider, options.CreateLog<RpcClient>(), ReadCosts);
    }

    /// <summary>How many calls are under way.</summary>
    internal PendingCalls Calls => _calls;

    /// <summary>Fires when the client is disposed.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>How the client is now: connected, its replies on their way, the broker reading. Cheap.</summary>
    public RpcHealth Health => new() { Problems = _transport.Problems };

    /// <summary>Connects to a broker.</summary>
    /// <param name="connectionString">
    /// <c>amqp://user:password@host:port/vhost</c> or <c>amqps://…</c> for RabbitMQ, <c>memory://name</c> for the broker of that name in this process.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <returns>The connected client.</returns>
    /// <exception cref="ArgumentException">The connection string or an option is not valid; the message says which and why.</exception>
    /// <exception cref="RpcException">
    /// Unavailable/NotConnected: the broker cannot be reached. Unavailable/Refused: it refuses the connection; the message has its words.
    /// </exception>
    public static Task<RpcClient> ConnectAsync(
        string connectionString, RpcClientOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(settings => TransportFactory.CreateClient(connectionString, settings), options, cancellationToken);

    /// <summary>Connects through any transport.</summary>
    /// <param name="createTransport">Makes the transport, from a copy of the options.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    internal static async Task<RpcClient> ConnectAsync(
        Func<RpcClientOptions, IClientTransport> createTransport, RpcClientOptions? options, CancellationToken cancellationToken)
    {
        options = (options ?? new RpcClientOptions()).ValidatedCopy();
        var client = new RpcClient(options, createTransport(options));
        try
        {
            await client._transport.StartAsync(new Events(client), cancellationToken).ConfigureAwait(false);
            client._isStarted = true;
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a proxy of a contract. Cheap; a proxy has no state, is thread-safe and lives as long as the client.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="RpcServiceAttribute"/>.</typeparam>
    /// <param name="route">Where its calls go, where that differs from what the contract says.</param>
    /// <returns>The proxy.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no generated code; the message names what is missing.</exception>
    /// <exception cref="ArgumentException">The route does not fit the contract.</exception>
    public T Create<T>(RpcRoute? route = null)
        where T : class => Create<T>(route, options: null);

    /// <summary>Makes a proxy whose calls have options.</summary>
    internal T Create<T>(RpcRoute? route, RpcCallOptions? options)
        where T : class
    {
        var contract = RpcContract<T>.Get();
        route ??= new RpcRoute();
        RouteRules.Validate(contract, route.Queue, route.Wire);
        var invoker = new RpcInvoker(this, route, SerializerFor(contract), new RpcCallOptions());
        return contract.CreateProxy(options is null ? invoker : invoker.With(options));
    }

    /// <summary>The serializer for a contract's calls.</summary>
    internal IRpcSerializer SerializerFor(RpcContract contract) => _serializers.GetOrAdd(contract, static (added, serializer) => serializer.ForContract(added), _serializer);

    /// <summary>
    /// Ends every call that is under way, as Unavailable/Disposed, and closes the connection. Calls made afterwards throw
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    /// <returns>Completes when the connection is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _calls.Dispose();
            _telemetry.Dispose();
            await _stopping.CancelAsync().ConfigureAwait(false);
            await EndStartAsync().ConfigureAwait(false);
            await _transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Events(RpcClient client) : IClientEvents
    {
        public void SendingPossible()
        {
            client._calls.SendingPossible();
            foreach (var (_, sender) in client._senders)
            {
                sender.Resume();
            }
        }

        public void LinkLost(IClientLink link, Loss loss) => client._calls.FailSentThrough(link, loss);

        public void RepliesLost(IClientLink current, Loss loss) => client._calls.FailSentBefore(current, loss);

        public void Replied(in ReplyMessage reply) => client._calls.Complete(reply);

        public void Confirmed(in CorrelationId correlationId, bool taken) => client._calls.Confirm(correlationId, taken);

        public void Returned(in CorrelationId correlationId) => client._calls.Return(correlationId);
    }
}
