using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>One open connection, until it is lost. The library's events only set signals here: it waits for their handlers before it goes on.</summary>
internal sealed class BrokerConnection : IGeneration
{
    /// <summary>The longest a close may take; then the rest is left to the library and the operating system.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly IConnection _connection;
    private readonly BrokerAddress _address;
    private readonly ILogger _log;
    private readonly TaskCompletionSource<Loss> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BrokerSocket? _socket;
    private SilentConnection? _silence;
    private readonly ConcurrentDictionary<BrokerChannel, bool> _channels = new();
    private volatile bool _blocked;
    private int _isLost;

    private BrokerConnection(IConnection connection, BrokerAddress address, ILogger log)
    {
        _connection = connection;
        _address = address;
        _log = log;
        connection.ConnectionShutdownAsync += OnShutdownAsync;
        connection.ConnectionBlockedAsync += OnBlockedAsync;
        connection.ConnectionUnblockedAsync += OnUnblockedAsync;
    }

    /// <summary>The broker reads again after <see cref="IsBlocked"/>. Raised on the library's loop: handlers only signal.</summary>
    public event Action? Unblocked;

    /// <inheritdoc/>
    public Task<Loss> Lost => _lost.Task;

    /// <inheritdoc/>
    public bool IsOpen => Volatile.Read(ref _isLost) == 0;

    /// <summary>Whether the broker has stopped reading, because it is short of memory or disk.</summary>
    public bool IsBlocked => _blocked;

    /// <summary>Opens a connection.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="options">The options of the client or server.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="RpcException">The broker cannot be reached or refuses.</exception>
    public static async Task<BrokerConnection> OpenAsync(
        BrokerAddress address, RpcOptions options, ILogger log, CancellationToken cancellationToken)
    {
        // The library's own open is not given the token: cancelling it can hang, and leaks. It is left behind instead, and closed if it still succeeds.
        // And it starts its loops here, which must not carry the caller's execution context for the rest of their lives.
        Task<IConnection> opening;
        var sockets = new Sockets();
        using (ExecutionContext.SuppressFlow())
        {
            var factory = address.CreateFactory(options);
            factory.SocketFactory = sockets.Create;
            opening = Task.Run(() => factory.CreateConnectionAsync(CancellationToken.None), CancellationToken.None);
        }

        BrokerConnection? opened = null;
        try
        {
            opened = new BrokerConnection(
                await opening.WaitAsync(options.ConnectTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false), address, log);

            // The library does not wait for the broker's last word on the connection (the virtual host, for one); the first channel brings it.
            var channel = await opened.CreateChannelAsync().WaitAsync(options.ConnectTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            await channel.DisposeAsync().ConfigureAwait(false);
            opened._socket = sockets.Last;
            opened._silence = new SilentConnection(sockets.Last, options.Heartbeat, opened);
            return opened;
        }
        catch (Exception exception)
        {
            if (opened is null)
            {
                sockets.CloseAll(); // the library leaves it open if nobody answers
            }

            var whenOpened = opened is null ? CloseLateAsync(opening, sockets, log) : opened.DisposeAsync().AsTask();
            _ = whenOpened;
            cancellationToken.ThrowIfCancellationRequested();
            throw BrokerFailures.Connecting(address, options.ConnectTimeout, exception);
        }
    }

    /// <summary>Opens a channel: deliveries one at a time in order.</summary>
    /// <param name="confirms">Whether the broker confirms what is published. The library's own tracking of that is off: it costs more than ours.</param>
    public Task<IChannel> CreateChannelAsync(bool confirms = false) => _connection.CreateChannelAsync(
        new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: 1),
        CancellationToken.None);

    /// <summary>
    /// Gives the connection up at once if the broker does not read: it would read neither a close, and waiting for its answer would take as long as may be.
    /// </summary>
    public void AbandonIfBlocked()
    {
        if (IsBlocked)
        {
            SetLost("it was closed while the broker did not read");
            _socket?.Close();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AbandonIfBlocked();
        _silence?.Dispose();
        await CloseAsync(_connection, _log).ConfigureAwait(false);
        SetLost("it was closed");
    }

    private static async Task CloseLateAsync(Task<IConnection> opening, Sockets sockets, ILogger log)
    {
        try
        {
            await CloseAsync(await opening.ConfigureAwait(false), log).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            sockets.CloseAll(); // it may have gone on to the next address meanwhile
            log.CloseFailed("an attempt to connect", exception.Message);
        }
    }

    private static async Task CloseAsync(IConnection connection, ILogger log)
    {
        try
        {
            await connection.CloseAsync(Constants.ReplySuccess, "closed", CloseTimeout, abort: true, CancellationToken.None)
                .WaitAsync(CloseTimeout).ConfigureAwait(false);
            await connection.DisposeAsync().AsTask().WaitAsync(CloseTimeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.CloseFailed("a connection", exception.Message);
        }
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        SetLost(reason.ReplyText);
        return Task.CompletedTask;
    }

    private Task OnBlockedAsync(object sender, ConnectionBlockedEventArgs args)
    {
        _blocked = true;
        _log.Blocked(_address.Display, args.Reason);
        return Task.CompletedTask;
    }

    private Task OnUnblockedAsync(object sender, AsyncEventArgs args)
    {
        _blocked = false;
        _log.Unblocked(_address.Display);
        Unblocked?.Invoke();
        return Task.CompletedTask;
    }

    /// <summary>Makes the sockets of one attempt; the last one is the connection's, as the library tries one address after the other.</summary>
    private sealed class Sockets
    {
        private readonly ConcurrentQueue<BrokerSocket> _made = new();

        public BrokerSocket Last => _made.Last();

        public BrokerSocket Create(AddressFamily family)
        {
            var socket = new BrokerSocket(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
            _made.Enqueue(socket);
            return socket;
        }

        public void CloseAll()
        {
            foreach (var socket in _made)
            {
                socket.Close();
            }
        }
    }

    /// <summary>Has a channel end with this connection, at once, however long the library takes to say so.</summary>
    public void Attach(BrokerChannel channel)
    {
        _channels[channel] = true;
        if (!IsOpen)
        {
            channel.End(new Loss("its connection was lost")); // the end may have looked for it just before the line above
        }
    }

    /// <summary>Forgets a channel.</summary>
    public void Detach(BrokerChannel channel) => _channels.TryRemove(channel, out _);

    /// <summary>Marks the connection as lost; the first reason stays.</summary>
    public void SetLost(string reason)
    {
        // In this order: whoever is told finds it lost.
        if (Interlocked.Exchange(ref _isLost, 1) == 0)
        {
            var loss = new Loss(reason);
            foreach (var (channel, _) in _channels)
            {
                channel.End(loss);
            }

            _lost.TrySetResult(loss);
        }
    }
}
