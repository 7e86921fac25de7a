using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Client.Retry;

namespace Rpc.Runtime.Tests.Client;

/// <summary>Which failures are followed by another attempt, and when.</summary>
public sealed class RetryRulesTests
{
    private static readonly RpcMethod<int, int> s_once = new("test.Service", "Once");
    private static readonly RpcMethod<int, int> s_idempotent = new("test.Service", "Again") { Idempotent = true };

    private readonly FakeTimeProvider _time = new();

    public static TheoryData<RpcReason, RpcStatus, bool, bool, bool> Default
    {
        get
        {
            var data = new TheoryData<RpcReason, RpcStatus, bool, bool, bool>();
            foreach (var outcome in Documents.Outcome.All)
            {
                // As docs/semantics.md has it: what certainly did not run and may do better, and of idempotent methods what a loss may have cost.
                var safe = !outcome.MayHaveRun && outcome.Reason is RpcReason.NoServer or RpcReason.NotConnected or RpcReason.Busy or RpcReason.Draining;
                var lost = outcome is { Status: RpcStatus.Unavailable, Reason: not (RpcReason.Refused or RpcReason.Disposed) } or { Reason: RpcReason.Redelivered };
                data.Add(outcome.Reason, outcome.Status, outcome.MayHaveRun, safe, safe || lost);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Default))]
    [InlineData(RpcReason.None, RpcStatus.Unavailable, false, false, false)] // a service's own word stands
    [InlineData(RpcReason.None, RpcStatus.Aborted, true, false, false)]
    [InlineData(RpcReason.None, RpcStatus.ResourceExhausted, false, false, false)]
    [InlineData(RpcReason.Other, RpcStatus.Unavailable, false, false, true)]
    [InlineData(RpcReason.Busy, RpcStatus.ResourceExhausted, true, false, true)] // the request had been delivered before
    [InlineData(RpcReason.Draining, RpcStatus.Unavailable, true, false, true)]
    public void Failure_IsFollowedByAnotherAttempt(RpcReason reason, RpcStatus status, bool mayHaveRun, bool once, bool idempotent)
    {
        var failure = Failure(status, reason, mayHaveRun);

        Assert.Equal(once, RetryRules.Allows(failure, s_once));
        Assert.Equal(idempotent, RetryRules.Allows(failure, s_idempotent));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(10, 10)]
    public void Attempts_AreCounted(int most, int attempts)
    {
        var rules = Rules(new RpcRetryOptions { MaxAttempts = most });
        Assert.Equal(attempts, Attempts(rules, Failure(RpcStatus.ResourceExhausted, RpcReason.Busy)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(10, 3)]
    public void After_a_loss_ThereAreNeverMoreThanThree(int most, int attempts) => Assert.Equal(
        attempts, Attempts(Rules(new RpcRetryOptions { MaxAttempts = most }, s_idempotent), Failure(RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true)));

    [Fact]
    public void Missing_server_IsLookedForInItsWindowAndDoesNotCount()
    {
        var rules = Rules(new RpcRetryOptions { MaxAttempts = 2 });
        var missing = Failure(RpcStatus.Unavailable, RpcReason.NoServer);
        while (rules.TryNext(missing))
        {
            _time.Advance(rules.Delay);
        }

        Assert.InRange(rules.Attempts, 3, 12);
        Assert.True(rules.TryNext(Failure(RpcStatus.ResourceExhausted, RpcReason.Busy))); // its own two are still there
    }

    [Fact]
    public void Draining_servers_call_MovesOnAtOnceAndOnce_WithoutTheBudget()
    {
        var budget = new RetryBudget();
        while (budget.TrySpend())
        {
        }

        var rules = Rules(RpcRetryOptions.Default, budget: budget);
        var draining = Failure(RpcStatus.Unavailable, RpcReason.Draining);
        Assert.True(rules.TryNext(draining));
        Assert.Equal((TimeSpan.Zero, 2), (rules.Delay, rules.Attempts));
        Assert.False(rules.TryNext(draining));
    }

    [Fact]
    public void Waits_DoubleUpToTheirMost_WithJitterOfHalfEitherWay()
    {
        var options = new RpcRetryOptions { MaxAttempts = 7, Delay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1) };
        var seen = new List<double>[6];
        for (var run = 0; run < 200; run++)
        {
            var rules = Rules(options);
            for (var wait = 0; wait < seen.Length; wait++)
            {
                Assert.True(rules.TryNext(Failure(RpcStatus.ResourceExhausted, RpcReason.Busy)));
                (seen[wait] ??= []).Add(rules.Delay.TotalMilliseconds);
            }
        }

        double[] backoff = [100, 200, 400, 800, 1_000, 1_000];
        Assert.All(seen.Zip(backoff), static pair =>
        {
            Assert.InRange(pair.First.Min(), pair.Second * 0.5, pair.Second * 0.7);
            Assert.InRange(pair.First.Max(), pair.Second * 1.3, pair.Second * 1.5);
        });
    }

    [Fact]
    public void Attempt_that_could_not_begin_in_time_IsNone()
    {
        for (var run = 0; run < 200; run++)
        {
            var budget = new RetryBudget();
            var rules = Rules(RpcRetryOptions.Default, timeout: TimeSpan.FromMilliseconds(60), budget: budget);
            Assert.True(!rules.TryNext(Failure(RpcStatus.ResourceExhausted, RpcReason.Busy)) || rules.Delay < TimeSpan.FromMilliseconds(60));
        }

        var late = Rules(RpcRetryOptions.Default, timeout: TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(late.TryNext(Failure(RpcStatus.Unavailable, RpcReason.Draining)));
    }

    [Fact]
    public void Any_attempt_that_may_have_run_IsRemembered()
    {
        var rules = Rules(RpcRetryOptions.Default, s_idempotent);
        Assert.False(rules.MayHaveRun);
        rules.TryNext(Failure(RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true));
        rules.TryNext(Failure(RpcStatus.Unavailable, RpcReason.NoServer));

        Assert.True(rules.MayHaveRun);
    }

    [Fact]
    public void Budget_IsAHundredAndThenATenthOfTheCalls()
    {
        var budget = new RetryBudget();
        Assert.Equal(100, Spend(budget));
        Assert.All(Enumerable.Range(0, 9), _ => budget.Earn());
        Assert.Equal(0, Spend(budget));
        budget.Earn();
        Assert.Equal(1, Spend(budget));

        Parallel.For(0, 100_000, _ => budget.Earn());
        Assert.InRange(Spend(budget), 100, 101); // full is full, but for a race of as many as there are threads
    }

    [Fact]
    public void Lost_servers_calls_HaveABudgetOfTheirOwn_AsLargeAsWhatAServerHasInHand()
    {
        var budget = new RetryBudget();
        Assert.Equal(64 * 128, Spend(budget, RpcReason.Redelivered));
        Assert.Equal(100, Spend(budget));
        Assert.All(Enumerable.Range(0, 10), _ => budget.Earn());
        Assert.Equal((1, 1), (Spend(budget, RpcReason.Redelivered), Spend(budget)));

        Assert.False(IsMadeAgain(RpcStatus.Aborted, RpcReason.Redelivered));
        Assert.All(Enumerable.Range(0, 10), _ => budget.Earn());
        Spend(budget);
        Assert.False(IsMadeAgain(RpcStatus.Unavailable, RpcReason.ConnectionLost));
        Assert.True(IsMadeAgain(RpcStatus.Aborted, RpcReason.Redelivered));

        bool IsMadeAgain(RpcStatus status, RpcReason reason) =>
            Rules(RpcRetryOptions.Default, s_idempotent, budget: budget).TryNext(Failure(status, reason, mayHaveRun: true));
    }

    private static int Spend(RetryBudget budget, RpcReason reason = RpcReason.None)
    {
        var spent = 0;
        while (budget.TrySpend(reason))
        {
            spent++;
        }

        return spent;
    }

    private static int Attempts(RetryRules rules, RpcException failure)
    {
        while (rules.TryNext(failure))
        {
        }

        return rules.Attempts;
    }

    private static RpcException Failure(RpcStatus status, RpcReason reason, bool mayHaveRun = false) =>
        new(new RpcFailure { Status = status, Reason = reason, MayHaveRun = mayHaveRun, Message = "a failure" });

    private RetryRules Rules(RpcRetryOptions options, RpcMethod? method = null, TimeSpan? timeout = null, RetryBudget? budget = null) =>
        new(options, budget ?? new RetryBudget(), new CallSite(method ?? s_once, "q", _time, _time.GetTimestamp()), timeout ?? TimeSpan.FromMinutes(10));
}
