namespace Rpc.Calls;

/// <summary>The calls of one request queue that wait to be sent, in order. They hang in their own fields. Not thread-safe.</summary>
internal sealed class CallList
{
    private PendingCall? _last;

    /// <summary>The oldest; <see langword="null"/> if none waits.</summary>
    public PendingCall? First { get; private set; }

    /// <summary>Adds a call at the end.</summary>
    public void AddLast(PendingCall call) => Insert(call, after: _last);

    /// <summary>Adds a call at the front.</summary>
    public void AddFirst(PendingCall call) => Insert(call, after: null);

    /// <summary>Takes a call out.</summary>
    public void Remove(PendingCall call)
    {
        if (call.EarlierWaiting is { } earlier)
        {
            earlier.LaterWaiting = call.LaterWaiting;
        }
        else
        {
            First = call.LaterWaiting;
        }

        if (call.LaterWaiting is { } later)
        {
            later.EarlierWaiting = call.EarlierWaiting;
        }
        else
        {
            _last = call.EarlierWaiting;
        }

        call.EarlierWaiting = call.LaterWaiting = null;
        call.InSender = false;
    }

    private void Insert(PendingCall call, PendingCall? after)
    {
        var before = after is null ? First : after.LaterWaiting;
        call.EarlierWaiting = after;
        call.LaterWaiting = before;
        if (after is null)
        {
            First = call;
        }
        else
        {
            after.LaterWaiting = call;
        }

        if (before is null)
        {
            _last = call;
        }
        else
        {
            before.EarlierWaiting = call;
        }

        call.InSender = true;
    }
}
