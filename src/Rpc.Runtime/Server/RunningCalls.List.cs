using Rpc.Transport;

namespace Rpc.Server;

/// <content>
/// Calls are in a list and know their places in it, since they come and go with every request and are looked for only in rare cases. The lock guards it, and
/// the calls' places.
/// </content>
internal sealed partial class RunningCalls
{
    private readonly List<ReceivedCall> _calls = [];

    private void Link(ReceivedCall call)
    {
        _calls.Add(call);
        call.PlaceInRunning = _calls.Count;
    }

    private ReceivedCall? Find(string? replyTo, in CorrelationId correlationId)
    {
        if (replyTo is null || correlationId.IsNone)
        {
            return null;
        }

        foreach (var call in _calls)
        {
            if (call.Properties.CorrelationId == correlationId && call.Properties.ReplyTo == replyTo)
            {
                return call;
            }
        }

        return null;
    }

    private void Unlink(ReceivedCall call)
    {
        if (!call.IsRunning)
        {
            return; // something has failed after the call was taken out, or before it was put in
        }

        // The last one takes its place.
        var last = _calls[^1];
        _calls[call.PlaceInRunning - 1] = last;
        last.PlaceInRunning = call.PlaceInRunning;
        call.PlaceInRunning = 0;
        _calls.RemoveAt(_calls.Count - 1);
    }
}
