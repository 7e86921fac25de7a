using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Keeps one thing open: opens it, waits until it is lost, opens the next, for as long as it takes. A single loop owns it, and no lock is held across I/O.
/// </summary>
/// <typeparam name="T">What is kept open.</typeparam>
internal sealed class KeptOpen<T> : IAsyncDisposable
    where T : class, IGeneration
{
    // Closing what was lost takes milliseconds, and a consumer that is closed first takes nothing from the next one. What hangs instead is left to itself.
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(1);

    private readonly string _what;
    private readonly Func<CancellationToken, Task<T>> _open;
    private readonly bool _waits;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Backoff _backoff;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _gate = new();
    private TaskCompletionSource<T> _current = NewCurrent();
    private Task _running = Task.CompletedTask;
    private Task _closing = Task.CompletedTask;
    private volatile string _reason = "it has not been opened yet";
    private long _since;

    /// <param name="what">What it is, for the log.</param>
    /// <param name="open">Opens one.</param>
    /// <param name="options">The clock, and whether the first attempt is repeated like all others.</param>
    /// <param name="log">The log.</param>
    /// <param name="stopping">Ends it together with what it depends on.</param>
    public KeptOpen(string what, Func<CancellationToken, Task<T>> open, RpcOptions options, ILogger log, CancellationToken stopping = default)
    {
        _what = what;
        _open = open;
        _waits = options.WaitForBroker;
        _time = options.TimeProvider;
        _log = log;
        _backoff = new Backoff(what, options.TimeProvider, log);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _since = _time.GetTimestamp();
    }

    /// <summary>Called when one has been opened and can be had.</summary>
    public Action<T>? Opened { get; init; }

    /// <summary>Called when one has been opened in place of one that was lost.</summary>
    public Action? Reopened { get; init; }

    /// <summary>Called when one is lost, before it is closed and the next one is opened.</summary>
    public Action<T, Loss>? Ended { get; init; }

    /// <summary>Fires when no next one will be opened.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>The one that is open; <see langword="null"/> while there is none.</summary>
    public T? Current
    {
        get
        {
            var current = Volatile.Read(ref _current).Task;
            return current.IsCompletedSuccessfully && current.Result is { IsOpen: true } open ? open : null;
        }
    }

    /// <summary>Since when there has been one, or none.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>What is wrong while there is none, as a sentence; <see langword="null"/> while there is one.</summary>
    public string? Problem => Current is null ? $"{_what} is not open: {_reason}." : null;

    /// <summary>Opens the first one; from then on there is a next one whenever one is lost.</summary>
    /// <param name="cancellationToken">Gives the first attempt up.</param>
    /// <exception cref="RpcException">The first attempt failed; nothing is kept running.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The library starts loops in here, which must not carry the caller's execution context for the rest of their lives.
        Task<T> opening;
        using (ExecutionContext.SuppressFlow())
        {
            opening = Task.Run(() => _waits ? OpenPatientlyAsync(cancellationToken) : OpenAsync(cancellationToken), CancellationToken.None);
        }

        Run(await opening.ConfigureAwait(false));
    }

    /// <summary>Opens the first one like every other: some time, if need be after many attempts.</summary>
    public void Start() => Run(null);

    /// <summary>Waits for one that is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = Volatile.Read(ref _current);
            var found = await current.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (found.IsOpen)
            {
                return found;
            }

            // The loop has not got round to it yet. Whoever came here because it is lost must not be offered it again.
            lock (_gate)
            {
                if (ReferenceEquals(_current, current))
                {
                    _current = NewCurrent();
                }
            }
        }
    }

    /// <summary>Opens no next one; the one that is open stays so until <see cref="DisposeAsync"/>.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_current.Task is { IsCompletedSuccessfully: true, Result: var last })
        {
            await last.DisposeAsync().ConfigureAwait(false);
        }

        await _closing.ConfigureAwait(false);
    }

    private static TaskCompletionSource<T> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run(T? first)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => RunAsync(first), CancellationToken.None);
        }
    }

    private async Task RunAsync(T? current)
    {
        try
        {
            current ??= await _backoff.OpenAsync(OpenAsync, _stop.Token).ConfigureAwait(false);
            while (true)
            {
                var opened = _time.GetTimestamp();
                _log.Ready(_what);
                Opened?.Invoke(current);
                var loss = await current.Lost.WaitAsync(_stop.Token).ConfigureAwait(false);
                Volatile.Write(ref _since, _time.GetTimestamp());
                _reason = loss.Reason.TrimEnd('.');
                _log.Lost(_what, loss.Reason);
                Ended?.Invoke(current, loss);
                await CloseAsync(current).ConfigureAwait(false);
                await _backoff.AfterLossAsync(opened, loss.Reason, _stop.Token).ConfigureAwait(false);
                current = await _backoff.OpenAsync(OpenAsync, _stop.Token).ConfigureAwait(false);
                Reopened?.Invoke();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What is open stays open for those who still need it; DisposeAsync closes it.
        }
        catch (Exception exception)
        {
            _log.LoopFailed(exception, _what);
        }
    }

    private async Task CloseAsync(T lost)
    {
        var closing = lost.DisposeAsync().AsTask();
        _closing = _closing.IsCompleted ? closing : Task.WhenAll(_closing, closing); // those that hang end by themselves, after some seconds
        await closing.WaitAsync(s_closing, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Waits for a broker that cannot be reached. What the broker refuses, it refuses again.
    private async Task<T> OpenPatientlyAsync(CancellationToken cancellationToken)
    {
        var (opened, refused) = await _backoff.OpenAsync(TryOpenAsync, cancellationToken).ConfigureAwait(false);
        return opened ?? throw refused!;
    }

    private async Task<(T? Opened, RpcException? Refused)> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await OpenAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException refused) when (refused.Reason == RpcReason.Refused)
        {
            return (null, refused);
        }
    }

    private async Task<T> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Put(await _open(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            _reason = exception.Message.TrimEnd('.');
            throw;
        }
    }

    private T Put(T opened)
    {
        lock (_gate)
        {
            if (_current.Task.IsCompleted)
            {
                _current = NewCurrent();
            }

            Volatile.Write(ref _since, _time.GetTimestamp());
            _current.SetResult(opened);
        }

        return opened;
    }
}
