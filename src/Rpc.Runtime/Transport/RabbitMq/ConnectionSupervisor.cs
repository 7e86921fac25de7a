using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Keeps one connection open: opens it, waits until it is lost, opens the next, for ever. A single loop owns it, and no lock is held across I/O.
/// </summary>
internal sealed class ConnectionSupervisor(BrokerAddress address, RpcOptions options, ILogger log) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Backoff _backoff = new(address.Display, options.TimeProvider, log);
    private TaskCompletionSource<BrokerConnection> _current = NewCurrent();
    private Task _running = Task.CompletedTask;

    /// <summary>Fires when the supervisor is disposed.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Opens the first connection; from then on there is a next one whenever one is lost.</summary>
    /// <param name="cancellationToken">Gives the first attempt up.</param>
    /// <exception cref="RpcException">The first attempt failed; nothing is kept running.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => RunAsync(first), CancellationToken.None);
        }
    }

    /// <summary>Waits for a connection that is not lost.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<BrokerConnection> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _current.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private static TaskCompletionSource<BrokerConnection> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(BrokerConnection connection)
    {
        try
        {
            while (true)
            {
                var opened = options.TimeProvider.GetTimestamp();
                var reason = await connection.Lost.WaitAsync(_stop.Token).ConfigureAwait(false);
                Forget(connection);
                log.ConnectionLost(address.Display, reason);
                await connection.DisposeAsync().ConfigureAwait(false);
                await _backoff.AfterLossAsync(opened, reason, _stop.Token).ConfigureAwait(false);
                connection = await _backoff.OpenAsync(OpenAsync, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.LoopFailed(exception, address.Display);
        }
    }

    private async Task<BrokerConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await BrokerConnection.OpenAsync(address, options, log, Forget, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _current.TrySetResult(connection);
        }

        // It may have been lost before it was put there, and Forget has looked for it in vain.
        if (connection.IsLost)
        {
            Forget(connection);
        }

        return connection;
    }

    // From now on GetAsync waits for the next one.
    private void Forget(BrokerConnection connection)
    {
        lock (_gate)
        {
            if (_current.Task.IsCompleted && ReferenceEquals(_current.Task.Result, connection))
            {
                _current = NewCurrent();
            }
        }
    }
}
