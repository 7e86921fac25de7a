using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Callers whose replies have come in one message are told together, so that what they do next can travel together.</summary>
public sealed class EndedCallsTests : IDisposable
{
    private readonly CallTable _table = new();

    [Fact]
    public async Task Nobody_is_told_BeforeTheLastOfThemHasEnded()
    {
        var calls = End(3);
        var ended = new EndedCalls(calls.Length);
        foreach (var call in calls)
        {
            ended.Add(call);
        }

        Assert.All(calls, static call => Assert.False(call.Task.IsCompleted)); // no work item of theirs is queued
        ended.Dispose();
        await Task.WhenAll(calls.Select(static call => call.Task)).Soon();
    }

    [Fact]
    public async Task Large_messages_callers_AreToldThirtyTwoAtATime()
    {
        var calls = End(33);
        var ended = new EndedCalls(calls.Length);
        foreach (var call in calls)
        {
            ended.Add(call);
        }

        foreach (var call in calls[..32])
        {
            _ = call.Ended();
        }

        Assert.False(calls[32].Task.IsCompleted);
        ended.Dispose();
        await calls[32].Task.Soon();
    }

    public void Dispose() => _table.Dispose();

    private PendingCall<int>[] End(int count)
    {
        var calls = Enumerable.Range(0, count).Select(_ => _table.Add()).ToArray();
        Assert.All(calls, call => Assert.True(call.TryComplete(_table.Reply(call))));
        return calls;
    }
}
