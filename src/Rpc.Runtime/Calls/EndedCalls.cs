using System.Buffers;

namespace Rpc.Calls;

/// <summary>
/// Calls that have ended together, whose callers are told in one go: so that those who are told first do not go on and send their next calls before the
/// others are told, who would do the same.
/// </summary>
/// <param name="most">How many calls it will hold at most.</param>
internal ref struct EndedCalls(int most)
{
    // Not more than these are kept waiting: while their callers make the next calls on one thread, the rest of a large batch is read on another.
    private const int AtOnce = 32;

    private readonly PendingCall[] _calls = ArrayPool<PendingCall>.Shared.Rent(Math.Min(most, AtOnce));
    private int _count;
    private bool _isOne = true;

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call, with its result.</param>
    public void Add(PendingCall call)
    {
        if (_count == AtOnce)
        {
            _isOne = false;
            Tell();
        }

        _calls[_count++] = call;
    }

    /// <summary>Tells those that are left.</summary>
    public void Dispose()
    {
        Tell();
        ArrayPool<PendingCall>.Shared.Return(_calls, clearArray: true);
    }

    private void Tell()
    {
        _isOne &= _count == 1;
        foreach (var call in _calls.AsSpan(0, _count))
        {
            call.Tell(behindOthers: !_isOne);
        }

        _count = 0;
    }
}
