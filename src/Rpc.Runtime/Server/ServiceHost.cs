using Rpc.Batching;
using Rpc.Serialization;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// Serves one contract: takes its requests, turns down those that it must, has the others run, and sees to it that each is answered once and then settled.
/// </summary>
internal sealed partial class ServiceHost : IAsyncDisposable
{
    private readonly ServiceContext _context;
    private readonly CallRunner _runner;
    private readonly ReadyQueue _ready;
    private readonly RunningCalls _running = new();
    private readonly ReplySender _replies;
    private readonly Outstanding _answering = new();
    private readonly GatheredReplies _gathered;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IServiceListener? _listener;
    private WorkingNotices? _notices;
    private volatile bool _draining;

    public ServiceHost(CallRunner runner, ServiceContext context, RequestQueue queue, int maxConcurrency)
    {
        _runner = runner;
        _context = context;
        _replies = new ReplySender(_running, context, () => _listener);
        _gathered = new GatheredReplies(context, _running, _answering, new SingleReplies(SendAlone, SettleAnsweredAsync));
        Queue = queue;
        MaxConcurrency = maxConcurrency;
        _ready = new ReadyQueue(maxConcurrency, context.MaxQueued, ServeAsync);
    }

    /// <summary>The request queue.</summary>
    public RequestQueue Queue { get; }

    /// <summary>The calls that run.</summary>
    public RunningCalls Running => _running;

    /// <summary>What is wrong with the service, as a sentence; <see langword="null"/> if nothing is.</summary>
    public string? Problem => _listener is null ? $"The queue '{Queue.Name}' is not served yet." : _listener.Problem;

    /// <summary>How many calls the service runs, and how many wait in it.</summary>
    public (int Running, int Waiting) Load => _ready.Load;

    /// <summary>How many calls run at once at most.</summary>
    public int MaxConcurrency { get; }

    /// <summary>How many calls wait at most.</summary>
    public int MaxQueued => _context.MaxQueued;

    /// <summary>How many callers have a sender of replies.</summary>
    internal int ReplyGatherers => _gathered.Count;

    /// <summary>Starts taking requests.</summary>
    public async Task StartAsync(IServerTransport transport, CancellationToken cancellationToken)
    {
        _notices = new WorkingNotices(_running, transport, () => _listener, _context.Time);
        _listener = await transport.ListenAsync(Queue, this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more requests, and refuses those that have not started.</summary>
    public async Task StopTakingAsync()
    {
        _draining = true;
        try
        {
            if (_listener is { } listener)
            {
                await listener.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _stopped.TrySetResult();
        }

        // At once, and not when those that run have made room: their callers are to go to another server. A one-way call has nobody who could make it
        // again elsewhere, so what was taken is run.
        foreach (var call in _ready.TakeWaiting(static call => !call.OneWay))
        {
            if (call.Delivery.IsLive)
            {
                _answering.Run(() => LeaveAsync(call));
            }
            else
            {
                call.Dispose(); // it is not this server's any more
            }
        }
    }

    /// <summary>Completes when every request that was taken is answered.</summary>
    public async Task WhenIdleAsync()
    {
        // In this order: what runs hands its reply over to be sent, and nothing that is answered runs.
        await _ready.WhenIdleAsync().ConfigureAwait(false);
        await _answering.WhenIdleAsync().ConfigureAwait(false);
    }

    /// <summary>Gives up what is not settled.</summary>
    public async ValueTask DisposeAsync()
    {
        _notices?.Dispose();
        if (_listener is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Not asynchronous itself: each asynchronous method on its way costs a call more than most of what is done in it, so what is usual goes on in one.
    private Task ServeAsync(ReceivedCall call)
    {
        if (!call.Delivery.IsLive)
        {
            call.Dispose(); // the broker gives it to another server, or to this one again
            return Task.CompletedTask;
        }

        if (_draining && !call.OneWay)
        {
            return LeaveAsync(call);
        }

        var now = _context.Time.GetTimestamp();
        if (RequestRules.RefuseLate(call, now) is { } fault)
        {
            return AnswerAsync(call, fault);
        }

        call.Started = now;
        return RunAsync(call);
    }

    private async Task RunAsync(ReceivedCall call)
    {
        try
        {
            _running.Add(call);
            if (call.Served?.Method.AckBeforeRun == true)
            {
                // Where this gets lost, the request comes again, and finds the call running.
                await call.Delivery.AcknowledgeAsync().ConfigureAwait(false);
            }

            Task replying;
            try
            {
                var fault = await _runner.RunAsync(call).ConfigureAwait(false);
                var ended = _context.Time.GetTimestamp();
                call.HandlerTime = _context.Time.GetElapsedTime(call.Started, ended);
                call.Served?.Took(call.HandlerTime, ended);
                replying = ReplyAsync(call, fault, isLone: _ready.Replying(call));
            }
            finally
            {
                // When the reply is under way: neither waits for the other, however long the broker or the scope's services take.
                await call.LeaveScopeAsync().ConfigureAwait(false);
            }

            await replying.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await GiveUpAsync(call, exception).ConfigureAwait(false);
        }

        LetGo(call);
    }
}
