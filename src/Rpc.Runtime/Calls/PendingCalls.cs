using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// The table of one client's calls, from entering the proxy's method to the end: add, complete, return, fail. Thread-safe; nothing else holds a call.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private readonly ConcurrentDictionary<long, PendingCall> _calls = new();
    private readonly DeadlineWheel _deadlines;

    // 128 bits from a cryptographic source: nobody but the servers we ask can name our calls.
    private readonly string _prefix = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)) + ".";
    private long _lastNumber;
    private long _unmatched;
    private volatile bool _disposed;

    public PendingCalls(TimeProvider time) => _deadlines = new DeadlineWheel(time);

    /// <summary>How many calls have not ended.</summary>
    public int Count => _calls.Count;

    /// <summary>How many deadlines wait.</summary>
    public int DeadlineCount => _deadlines.Count;

    /// <summary>How many replies and returns named no call: they came late, twice, or from somebody who guesses.</summary>
    public long Unmatched => Interlocked.Read(ref _unmatched);

    /// <summary>Whether the client is gone, so that no call may start.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>Takes the next call's number.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>The correlation id of a call.</summary>
    /// <param name="number">The call's number.</param>
    public string CorrelationId(long number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number:x}");

    /// <summary>Adds a call and starts its deadline.</summary>
    /// <param name="call">The call, complete.</param>
    /// <param name="left">What is left of its deadline.</param>
    public void Add(PendingCall call, TimeSpan left)
    {
        _calls[call.Number] = call;
        _deadlines.Add(call, left);

        // The sweep of FailAll may have run between the caller's look at IsDisposed and the line above.
        if (_disposed)
        {
            Dispose(call);
        }
    }

    /// <summary>Ends the call that a reply is for.</summary>
    /// <param name="reply">The reply.</param>
    public void Complete(in ReplyMessage reply)
    {
        if (Find(reply.CorrelationId) is { } call)
        {
            call.Complete(reply);
        }
    }

    /// <summary>Ends the call whose request came back, since no queue of its name exists.</summary>
    /// <param name="correlationId">The request's.</param>
    public void Return(string? correlationId) => Find(correlationId)?.Fail(static (call, _) => CallFailures.NoServer(call.Site));

    /// <summary>Ends the one-way call that the broker has answered for.</summary>
    /// <param name="correlationId">The request's.</param>
    /// <param name="taken">Whether the broker has it.</param>
    public void Confirm(string correlationId, bool taken)
    {
        if (Find(correlationId) is not { } call)
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
    /// <param name="reason">Why it was lost.</param>
    public void FailSentThrough(IClientLink link, string reason)
    {
        foreach (var (_, call) in _calls)
        {
            if (call.IsSentThrough(link))
            {
                call.Fail((lost, _) => CallFailures.ConnectionLost(lost.Site, reason));
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
    }

    /// <summary>Called by the call itself, when it ends.</summary>
    /// <param name="call">The call.</param>
    internal void Remove(PendingCall call)
    {
        _calls.TryRemove(call.Number, out _);
        _deadlines.Remove(call);
    }

    private static void Dispose(PendingCall call) => call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent));

    private PendingCall? Find(string? correlationId)
    {
        if (correlationId is not null
            && correlationId.StartsWith(_prefix, StringComparison.Ordinal)
            && long.TryParse(correlationId.AsSpan(_prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && _calls.TryGetValue(number, out var call))
        {
            return call;
        }

        Interlocked.Increment(ref _unmatched);
        return null;
    }
}
