using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Rpc.Batching;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// The table of one client's calls, from entering the proxy's method to the end: add, complete, return, fail. Thread-safe; nothing else holds a call.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private readonly ConcurrentDictionary<long, PendingCall> _calls = new();
    private readonly IClientTransport _transport;
    private readonly SteadyClock _clock;
    private readonly DeadlineWheel _deadlines;
    private readonly QueueDiagnoses _diagnoses;
    private readonly SilenceWatch _silence;

    // 128 bits from a cryptographic source: nobody but the servers we ask can name our calls.
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(BatchFormat.NonceBytes);
    private readonly string _prefix;
    private long _lastNumber;
    private long _unmatched;
    private int _inFlight;
    private volatile bool _disposed;

    public PendingCalls(IClientTransport transport, TimeProvider time)
    {
        _transport = transport;
        _prefix = Base64Url.EncodeToString(_nonce) + ".";
        _clock = new SteadyClock(time, ahead: true);
        _deadlines = new DeadlineWheel(time);
        _diagnoses = new QueueDiagnoses(transport, time);
        _silence = new SilenceWatch(transport, time, _prefix);
        DeadlinePassed = MakeDeadlinePassed;
    }

    /// <summary>How many calls have not ended.</summary>
    public int Count => _calls.Count;

    /// <summary>How many callers wait, those whose calls are about to be made again included.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many deadlines wait.</summary>
    public int DeadlineCount => _deadlines.Count;

    /// <summary>How many calls run at servers that have said so, and are watched.</summary>
    public int WatchedCount => _silence.Count;

    /// <summary>How many replies and returns named no call: they came late, twice, or from somebody who guesses.</summary>
    public long Unmatched => Interlocked.Read(ref _unmatched);

    /// <summary>Whether the client is gone, so that no call may start.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>The time of day for requests, in milliseconds since 1970 (UTC).</summary>
    public long TimeOfDay => _clock.Now;

    /// <summary>Makes the failure of a call whose time is up.</summary>
    public Func<PendingCall, bool, RpcException> DeadlinePassed { get; }

    /// <summary>What names this client in a batch.</summary>
    public ReadOnlySpan<byte> Nonce => _nonce;

    /// <summary>Takes one of the places that calls under way may have, if there is one.</summary>
    /// <param name="limit">How many there are.</param>
    public bool TryEnter(int limit)
    {
        if (Interlocked.Increment(ref _inFlight) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes the next call's number.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>The correlation id of a call.</summary>
    /// <param name="number">The call's number.</param>
    public string CorrelationId(long number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number:x}");

    /// <summary>Has something else expire by the calls' clock.</summary>
    public void Watch(DeadlineEntry entry, TimeSpan due) => _deadlines.Add(entry, due);

    /// <summary>Takes it back.</summary>
    public void Unwatch(DeadlineEntry entry) => _deadlines.Remove(entry);

    /// <summary>What is known of a queue and the connection.</summary>
    public RpcDiagnosis Diagnose(string queue) => _diagnoses.Describe(queue);

    /// <summary>Adds a call and starts its deadline.</summary>
    /// <param name="call">The call, complete.</param>
    public void Add(PendingCall call)
    {
        _calls[call.Number] = call;
        _deadlines.Add(call, call.Left / 2);

        // The sweep of Dispose may have run between the caller's look at IsDisposed and the line above.
        if (_disposed)
        {
            Dispose(call);
        }
    }

    /// <summary>Takes what came to the reply address: a reply, or a server's word that it is still at it.</summary>
    /// <param name="reply">The message.</param>
    public void Complete(in ReplyMessage reply)
    {
        if (reply.ContentType == BatchFormat.ContentType)
        {
            CompleteBatch(reply);
        }
        else if (reply.ContentType is not (Wire.WorkingContentType or Wire.MarkerContentType))
        {
            CompleteOne(reply);
        }
        else if (reply.ContentType == Wire.MarkerContentType)
        {
            _silence.MarkerCame(reply.CorrelationId);
        }
        else
        {
            Announced(reply.CorrelationId, IsInstance(reply.ReplyTo) ? reply.ReplyTo : null);
        }
    }

    /// <summary>Tells the server that runs a call to stop, where it is known. Where it is not, its first sign of life will find no call here.</summary>
    /// <param name="call">The call, ended.</param>
    public void CancelAtServer(PendingCall call)
    {
        if (call.Server?.InstanceQueue is { } instance)
        {
            Cancel(instance, CorrelationId(call.Number));
        }
    }

    /// <summary>Requests can be sent again.</summary>
    public void SendingPossible() => _silence.Restart();

    /// <summary>A call has waited half its time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="sent">Whether it was sent.</param>
    public void WaitsLong(PendingCall call, bool sent)
    {
        _deadlines.Add(call, call.Left);
        if (call.HasEnded)
        {
            _deadlines.Remove(call); // its end may have looked for it just before the line above
        }
        else if (sent)
        {
            _diagnoses.Ask(call.Site.Queue);
        }
    }

    /// <summary>Ends the call whose request came back, since no queue of its name exists.</summary>
    /// <param name="correlationId">The request's.</param>
    public void Return(string? correlationId)
    {
        if (Find(correlationId, out var returned))
        {
            returned.Fail(static (call, _) => CallFailures.NoServer(call.Site));
            return;
        }

        var calls = InBatch(correlationId);
        calls.ForEach(static call => call.Fail(static (inBatch, _) => CallFailures.NoServer(inBatch.Site)));
        CountIf(calls.Count == 0);
    }

    /// <summary>Ends the one-way call that the broker has answered for.</summary>
    /// <param name="correlationId">The request's.</param>
    /// <param name="taken">Whether the broker has it.</param>
    public void Confirm(string correlationId, bool taken)
    {
        if (FindOrCount(correlationId) is not { } call)
        {
            return;
        }

        if (taken)
        {
            call.Accept();
        }
        else
        {
            call.Fail(static (rejected, _) => CallFailures.Rejected(rejected.Site));
        }
    }

    /// <summary>Ends every call that was sent through a link that is lost. Those that still wait to be sent go on waiting.</summary>
    /// <param name="link">The link; its <see cref="IClientLink.IsOpen"/> is <see langword="false"/> already.</param>
    /// <param name="loss">Why it was lost.</param>
    public void FailSentThrough(IClientLink link, Loss loss)
    {
        foreach (var (_, call) in _calls)
        {
            if (call.IsSentThrough(link) && (loss.Refused || !call.Outlives(link)))
            {
                call.Fail((lost, _) => CallFailures.LinkLost(lost.Site, loss));
            }
        }
    }

    /// <summary>Ends every call that was sent through another link than the one that is open now.</summary>
    /// <param name="current">The link.</param>
    /// <param name="loss">Why their replies will not come.</param>
    public void FailSentBefore(IClientLink current, Loss loss)
    {
        foreach (var (_, call) in _calls)
        {
            if (call.Link is { } link && link != current && call.IsSentThrough(link))
            {
                call.Fail((lost, _) => CallFailures.LinkLost(lost.Site, loss));
            }
        }
    }

    /// <summary>Ends every call, and lets no other start.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var (_, call) in _calls)
        {
            Dispose(call);
        }

        _deadlines.Dispose();
        _silence.Dispose();
    }

    /// <summary>Called by the call itself, when it ends.</summary>
    /// <param name="call">The call.</param>
    internal void Remove(PendingCall call)
    {
        _calls.TryRemove(call.Number, out _);
        _deadlines.Remove(call);
        _silence.Forget(call);
    }

    private static void Dispose(PendingCall call) => call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent));

    // A notice is somebody's word: what is published in its name goes to instance queues, and nowhere else.
    private static bool IsInstance(string? queue) =>
        queue is { Length: <= Wire.MaxNameBytes } && queue.StartsWith(Wire.InstanceQueuePrefix, StringComparison.Ordinal);

    private void Announced(string? correlationId, string? instance)
    {
        if (Find(correlationId, out var call))
        {
            _silence.HeardOf(call, instance);
            if (!call.HasEnded)
            {
                return;
            }

            // It has ended in this very moment, and may have looked for its server in vain.
        }

        // The server runs a call of ours that has ended here: cancelled, or given up for another reason. Nobody waits for the result.
        if (instance is not null && TryParse(correlationId, out _))
        {
            Cancel(instance, correlationId!);
        }
    }

    // Best effort: a server that is not told goes on until the call's deadline.
    private void Cancel(string instance, string correlationId) =>
        _ = _transport.Link?.TryTellAsync(new ControlMessage(instance, Wire.CancelContentType, correlationId)).AsTask();

    private RpcException MakeDeadlinePassed(PendingCall call, bool sent) =>
        CallFailures.DeadlinePassed(call.Site, call.Timeout, sent, _diagnoses.Describe(call.Site.Queue));

    private void CompleteOne(in ReplyMessage reply)
    {
        if (Find(reply.CorrelationId, out var call))
        {
            if (reply.AppId == Wire.AppId)
            {
                call.Sender.Policy.Understood();
            }
            else if (!call.Bare)
            {
                call.Sender.Policy.NotUnderstood(); // a program of another make serves this queue too
            }

            _diagnoses.HeardFrom(call.Site.Queue);
            call.Complete(reply);
            return;
        }

        // One reply for a whole batch: whoever got it could not read it, so it ran none of it.
        var calls = InBatch(reply.CorrelationId);
        foreach (var unread in calls)
        {
            unread.Sender.Policy.NotUnderstood();
            unread.SendAgain(reply);
        }

        CountIf(calls.Count == 0);
    }

    private void CompleteBatch(in ReplyMessage reply)
    {
        if (!Batch.TryRead(reply.Body, out var batch, out _) || !batch.Nonce.Span.SequenceEqual(_nonce))
        {
            CountIf(true);
            return;
        }

        foreach (var frame in batch.Frames)
        {
            if (frame.Kind != FrameKind.Reply || !_calls.TryGetValue(frame.Number, out var call))
            {
                CountIf(true);
                continue;
            }

            _diagnoses.HeardFrom(call.Site.Queue);
            call.Sender.Policy.Understood();
            call.Sender.Policy.Answered(call, frame.Time);
            var contentType = frame.Flags.HasFlag(FrameFlags.Fault) ? Wire.FaultContentType : batch.ContentType;
            call.Complete(new ReplyMessage(null, contentType, frame.Payload) { AppId = reply.AppId, Headers = frame.Headers });
        }
    }

    // Looked for only when a batch as a whole comes back, which is rare: so calls need no second table.
    private List<PendingCall> InBatch(string? correlationId) => TryParse(correlationId, out var number)
        ? [.. _calls.Values.Where(call => call.Batch?.Number == number)]
        : [];

    private void CountIf(bool isUnmatched)
    {
        if (isUnmatched)
        {
            Interlocked.Increment(ref _unmatched);
        }
    }

    private PendingCall? FindOrCount(string? correlationId)
    {
        if (Find(correlationId, out var call))
        {
            return call;
        }

        Interlocked.Increment(ref _unmatched);
        return null;
    }

    private bool Find(string? correlationId, out PendingCall call)
    {
        call = null!;
        return TryParse(correlationId, out var number) && _calls.TryGetValue(number, out call!);
    }

    private bool TryParse(string? correlationId, out long number)
    {
        number = 0;
        return correlationId is not null
            && correlationId.StartsWith(_prefix, StringComparison.Ordinal)
            && long.TryParse(correlationId.AsSpan(_prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
