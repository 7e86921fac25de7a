using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>When calls may travel together, and what a method is taken to cost.</summary>
public sealed class BatchPolicyTests
{
    private static readonly RpcMethod<int, int> s_one = new("s", "One");
    private static readonly RpcMethod<int, int> s_other = new("s", "Other");

    private readonly FakeTimeProvider _time = new();
    private readonly BatchPolicy _policy;

    public BatchPolicyTests() => _policy = new BatchPolicy(_time, isOn: true);

    [Fact]
    public void Batching_BeginsWhenAServerHasShownThatItUnderstands()
    {
        Assert.False(_policy.IsOn);
        _policy.Understood();
        Assert.True(_policy.IsOn);

        var off = new BatchPolicy(_time, isOn: false);
        off.Understood();
        Assert.False(off.IsOn);
    }

    [Fact]
    public void Server_that_does_not_understand_PausesItForAMinute()
    {
        _policy.Understood();
        _policy.NotUnderstood();
        Assert.False(_policy.IsOn);
        _policy.Understood(); // another server of the same queue does
        Assert.False(_policy.IsOn);

        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(_policy.IsOn);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(_policy.IsOn);
    }

    [Fact]
    public void Each_sign_of_it_ProlongsThePause()
    {
        _policy.Understood();
        _policy.NotUnderstood();
        _time.Advance(TimeSpan.FromSeconds(59));
        _policy.NotUnderstood();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_policy.IsOn);
    }

    [Fact]
    public void Method_that_is_unknown_JoinsNothing()
    {
        Assert.Equal(0, Joins(s_one));
        _policy.CostOf(s_one).Took(10);
        Assert.Equal(0, Joins(s_other));
        Assert.Equal(100, Joins(s_one)); // a millisecond of them
    }

    [Fact]
    public void Calls_join_until_the_sum_of_their_costs_is_a_millisecond()
    {
        _policy.CostOf(s_one).Took(400);
        _policy.CostOf(s_other).Took(100);
        var spent = 0.0;
        Assert.True(BatchPolicy.TryJoin(_policy.CostOf(s_one), _time.GetTimestamp(), ref spent));
        Assert.True(BatchPolicy.TryJoin(_policy.CostOf(s_other), _time.GetTimestamp(), ref spent));
        Assert.True(BatchPolicy.TryJoin(_policy.CostOf(s_one), _time.GetTimestamp(), ref spent));
        Assert.Equal(900, spent);
        Assert.False(BatchPolicy.TryJoin(_policy.CostOf(s_one), _time.GetTimestamp(), ref spent));
        Assert.Equal(900, spent); // what did not fit has not been counted
        Assert.True(BatchPolicy.TryJoin(_policy.CostOf(s_other), _time.GetTimestamp(), ref spent));
        Assert.False(BatchPolicy.TryJoin(_policy.CostOf(s_other), _time.GetTimestamp(), ref spent));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void Method_that_takes_over_half_of_it_JoinsNothing(int microseconds, bool joins)
    {
        _policy.CostOf(s_one).Took(microseconds);
        var spent = 0.0;
        Assert.Equal(joins, BatchPolicy.TryJoin(_policy.CostOf(s_one), _time.GetTimestamp(), ref spent));
    }

    [Fact]
    public void Cost_RisesByAQuarterOfTheDifferenceAndFallsByASixtyFourth()
    {
        var cost = new MethodCost(_time);
        Assert.Null(cost.Microseconds);
        cost.Took(100);
        Assert.Equal(100, cost.Microseconds);
        cost.Took(500);
        Assert.Equal(200, cost.Microseconds);
        cost.Took(200);
        Assert.Equal(200, cost.Microseconds);
        cost.Took(72);
        Assert.Equal(198, cost.Microseconds);
    }

    [Fact]
    public void Cost_IsForgottenTenSecondsAfterTheLastCall()
    {
        var cost = new MethodCost(_time);
        cost.Took(100);
        _time.Advance(TimeSpan.FromSeconds(9));
        cost.Took(100);
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(100, cost.Microseconds);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(cost.Microseconds);

        cost.Took(7000); // as if it had never been known
        Assert.Equal(7000, cost.Microseconds);
    }

    private int Joins(RpcMethod method)
    {
        var (spent, joined) = (0.0, 0);
        while (joined < 1000 && BatchPolicy.TryJoin(_policy.CostOf(method), _time.GetTimestamp(), ref spent))
        {
            joined++;
        }

        return joined;
    }
}
