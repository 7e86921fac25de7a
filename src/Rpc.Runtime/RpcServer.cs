using Rpc.Server;
using Rpc.Transport;

namespace Rpc;

/// <summary>
/// Serves contracts. One server has one connection; each contract has its own request queue, which any number of servers may share. Thread-safe.
/// </summary>
/// <remarks>The server connects and consumes again by itself whenever its connection is lost, for as long as it lives.</remarks>
public sealed class RpcServer : IAsyncDisposable
{
    private readonly RpcServerOptions _options;
    private readonly ServerContext _context;
    private readonly IServerTransport _transport;
    private readonly IReadOnlyList<ServiceHost> _hosts;
    private int _disposed;

    private RpcServer(RpcServerOptions options, RpcServices services, IServerTransport transport)
    {
        _options = options;
        _transport = transport;
        _context = new ServerContext(options, transport.Endpoint);
        _hosts = services.CreateHosts(_context);
    }

    /// <summary>How the server is now: its connection, and whether each of its services gets requests. Cheap.</summary>
    public RpcHealth Health => new() { Problems = [.. _transport.Problems, .. _hosts.Select(static host => host.Problem).OfType<string>()] };

    /// <summary>Connects to a broker and starts serving.</summary>
    /// <param name="connectionString">
    /// <c>amqp://user:password@host:port/vhost</c> or <c>amqps://…</c> for RabbitMQ, <c>memory://name</c> for the broker of that name in this process.
    /// </param>
    /// <param name="configure">Adds the services.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The server, once requests of all services are coming.</returns>
    /// <exception cref="ArgumentException">The connection string, an option or a service is not valid; the message says which and why.</exception>
    /// <exception cref="InvalidOperationException">A contract has no generated code; the message names what is missing.</exception>
    /// <exception cref="RpcException">
    /// Unavailable/NotConnected: the broker cannot be reached. Unavailable/Refused: it refuses the connection or a queue; the message has its words.
    /// </exception>
    public static Task<RpcServer> StartAsync(
        string connectionString, Action<RpcServices> configure, RpcServerOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(settings => TransportFactory.CreateServer(connectionString, settings), configure, options, cancellationToken);

    /// <summary>Starts on any transport.</summary>
    /// <param name="createTransport">Makes the transport, from a copy of the options.</param>
    /// <param name="configure">Adds the services.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    internal static async Task<RpcServer> StartAsync(
        Func<RpcServerOptions, IServerTransport> createTransport, Action<RpcServices> configure, RpcServerOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configure);
        options = (options ?? new RpcServerOptions()).ValidatedCopy();
        var services = new RpcServices();
        configure(services);
        var server = new RpcServer(options, services, createTransport(options));
        try
        {
            await server._transport.StartAsync(server._context, cancellationToken).ConfigureAwait(false);
            foreach (var host in server._hosts)
            {
                await host.StartAsync(server._transport, cancellationToken).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What serves the contracts, one each; with bases that are contracts, one each for those too.</summary>
    internal IReadOnlyList<ServiceHost> Hosts => _hosts;

    /// <summary>
    /// Drains, then closes: takes no more requests, answers those that have not started as Unavailable/Draining, lets running calls finish and sends
    /// their replies. After <see cref="RpcServerOptions.DrainTimeout"/> their tokens fire, and what has not ended a few seconds later is left behind.
    /// </summary>
    /// <returns>Completes when the connection is closed.</returns>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    /// <summary>Drains, then closes, as <see cref="DisposeAsync"/> does.</summary>
    /// <param name="cancellationToken">Ends the patience with running calls as <see cref="RpcServerOptions.DrainTimeout"/> does.</param>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
            foreach (var host in _hosts)
            {
                await host.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            _context.Dispose();
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_hosts.Select(static host => host.StopTakingAsync())).ConfigureAwait(false);
        var idle = Task.WhenAll(_hosts.Select(static host => host.WhenIdleAsync()));
        if (await EndsWithinAsync(idle, _options.DrainTimeout, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await _context.StopCallsAsync().ConfigureAwait(false);

        // Time for handlers that obey their token to answer; those that do not are not worth hanging for.
        // Whoever has given a token has no time left at all: then it is only what those need that are quick.
        var grace = TimeSpan.FromSeconds(cancellationToken.IsCancellationRequested ? 1 : 5);
        await EndsWithinAsync(idle, grace, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(time, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception end) when (end is TimeoutException || cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
