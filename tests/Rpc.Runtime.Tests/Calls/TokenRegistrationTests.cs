using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>The caller's token and that of the call being served: either cancels, neither keeps anything.</summary>
public sealed class TokenRegistrationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_token_CancelsTheCall_WhichSaysWhich(bool callers)
    {
        using var table = new CallTable();
        using var own = new CancellationTokenSource();
        using var served = new CancellationTokenSource();
        var call = table.Create(token: own.Token, served: served.Token);
        table.Calls.Add(call, call.Site.Started);
        call.ListenToTokens();

        var fired = callers ? own : served;
        fired.Cancel();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Task.Soon());
        Assert.Equal(fired.Token, cancelled.CancellationToken);
        Assert.Equal((0, 0), (table.Calls.Count, table.Calls.DeadlineCount));
    }

    [Fact]
    public async Task Handlers_own_token_that_is_passed_on_IsOneRegistration()
    {
        using var table = new CallTable();
        using var source = new CancellationTokenSource();
        var call = table.Create(token: source.Token, served: source.Token);
        table.Calls.Add(call, call.Site.Started);
        call.ListenToTokens();
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Task.Soon());
    }

    [Fact]
    public void Token_that_has_fired_already_CancelsAtOnce()
    {
        using var table = new CallTable();
        using var source = new CancellationTokenSource();
        source.Cancel();
        var call = table.Add(token: source.Token);
        call.ListenToTokens();

        Assert.True(call.Ended().IsCanceled);
    }
}
