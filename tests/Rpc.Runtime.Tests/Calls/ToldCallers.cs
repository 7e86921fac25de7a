using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

internal static class ToldCallers
{
    /// <summary>The caller's task of a call that has ended: it is completed by a thread of the pool, and this waits for that.</summary>
    public static Task<TResult> Ended<TResult>(this PendingCall<TResult> call)
    {
        Assert.True(call.HasEnded, "the call has not ended");
        Assert.True(SpinWait.SpinUntil(() => call.Task.IsCompleted, Poll.Deadline), "the caller was not told");
        return call.Task;
    }
}
