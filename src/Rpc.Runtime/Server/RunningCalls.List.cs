namespace Rpc.Server;

/// <content>
/// Calls hang in a list, since they come and go with every request and are looked for only in rare cases. The lock guards it, and the calls' own links.
/// </content>
internal sealed partial class RunningCalls
{
    private ReceivedCall? _first;
    private int _count;

    private void Link(ReceivedCall call)
    {
        call.IsRunning = true;
        call.LaterRunning = _first;
        _first?.EarlierRunning = call;
        _first = call;
        _count++;
    }

    private ReceivedCall? Find(string? replyTo, string? correlationId)
    {
        if (replyTo is null || correlationId is null)
        {
            return null;
        }

        var call = _first;
        while (call is not null && (call.Properties.CorrelationId != correlationId || call.Properties.ReplyTo != replyTo))
        {
            call = call.LaterRunning;
        }

        return call;
    }

    private void Unlink(ReceivedCall call)
    {
        if (!call.IsRunning)
        {
            return; // something has failed after the call was taken out, or before it was put in
        }

        call.IsRunning = false;
        if (call.EarlierRunning is { } earlier)
        {
            earlier.LaterRunning = call.LaterRunning;
        }
        else
        {
            _first = call.LaterRunning;
        }

        call.LaterRunning?.EarlierRunning = call.EarlierRunning;
        call.EarlierRunning = call.LaterRunning = null;
        _count--;
    }
}
