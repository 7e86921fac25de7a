using Rpc.Calls;
using Rpc.Transport;

namespace Rpc;

/// <content>Clients that a container makes: they exist before they are connected, and connect when the host starts, or for their first call.</content>
public sealed partial class RpcClient
{
    private readonly Lock _startGate = new();
    private Task? _starting;
    private volatile bool _isStarted;

    /// <summary>The connection.</summary>
    internal LinkState State => _transport.State;

    /// <summary>Makes a client that is not connected.</summary>
    /// <param name="connectionString">As for <see cref="ConnectAsync(string, RpcClientOptions?, CancellationToken)"/>.</param>
    /// <param name="options">The options; copied.</param>
    internal static RpcClient CreateUnconnected(string connectionString, RpcClientOptions options)
    {
        options = options.ValidatedCopy();
        return new RpcClient(options, new DeferredClientTransport(
            () => TransportFactory.CreateClient(connectionString, options), TransportFactory.Display(connectionString), options.TimeProvider)
        {
            Endpoint = TransportFactory.Endpoint(connectionString),
        });
    }

    /// <summary>Connects, if that has not been done. An attempt is shared by all that ask while it lasts, and what comes after one that failed starts the next.</summary>
    /// <param name="cancellationToken">Ends the wait; the attempt goes on until the client is disposed.</param>
    /// <exception cref="RpcException">The broker cannot be reached or refuses, as in <see cref="ConnectAsync(string, RpcClientOptions?, CancellationToken)"/>.</exception>
    internal Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_startGate)
        {
            ObjectDisposedException.ThrowIf(_calls.IsDisposed, this);
            if (_starting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // What is opened here outlives the call that may have asked for it, and must not carry its execution context.
                using (ExecutionContext.SuppressFlow())
                {
                    _starting = Task.Run(ConnectAsync, CancellationToken.None);
                }
            }

            return _starting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes over, from options that have changed, what can change while calls are under way. Calls already made keep what they had.</summary>
    /// <param name="changed">The options.</param>
    /// <exception cref="ArgumentException">An option is not valid; nothing changes.</exception>
    internal void Reload(RpcClientOptions changed) => Volatile.Write(ref _options, _options.Reloaded(changed.ValidatedCopy()));

    private async Task ConnectAsync()
    {
        await _transport.StartAsync(new Events(this), _stopping.Token).ConfigureAwait(false);
        _isStarted = true;
    }

    // The first calls of a client that nobody has started. Where connecting fails, they are told why at once, instead of waiting for their deadlines.
    private async Task StartForAsync(PendingCall call)
    {
        try
        {
            await StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception) when (_calls.IsDisposed)
        {
            // Then that has ended the call.
        }
        catch (Exception failure)
        {
            call.Fail((unsent, _) => CallFailures.CannotConnect(unsent.Site, failure));
        }
    }

    private async Task EndStartAsync()
    {
        Task? starting;
        lock (_startGate)
        {
            starting = _starting;
        }

        if (starting is not null)
        {
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
