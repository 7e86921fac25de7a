using Microsoft.Extensions.Time.Testing;
using Rpc.Runtime.Tests.Calls;
using Rpc.Server;

namespace Rpc.Runtime.Tests.Server;

public sealed class ClientClocksTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly ClientClocks _clocks;

    public ClientClocksTests() => _clocks = new ClientClocks(_time);

    [Theory]
    [InlineData(0)]
    [InlineData(-3_600_000)] // the caller's clock is an hour slow
    [InlineData(3_600_000)]
    [InlineData(315_360_000_000)] // ten years fast
    public void Age_IsCountedFromTheQuickestRequest_WhateverTheCallersClock(long off)
    {
        Assert.Equal(TimeSpan.Zero, Age("a.1", off, underWay: 40)); // nothing to compare with: as if new
        Assert.Equal(TimeSpan.Zero, Age("a.2", off, underWay: 10));
        Assert.Equal(TimeSpan.FromMilliseconds(1_990), Age("a.3", off, underWay: 2_000));
    }

    [Fact]
    public void Callers_AreToldApart()
    {
        Age("a.1", off: 0, underWay: 0);
        Age("b.1", off: -60_000, underWay: 0);

        Assert.Equal(TimeSpan.FromSeconds(1), Age("a.2", off: 0, underWay: 1_000));
        Assert.Equal(TimeSpan.FromSeconds(2), Age("b.2", off: -60_000, underWay: 2_000));
    }

    [Fact]
    public void Drift_IsFollowedWithinTenMinutes()
    {
        Age("a.1", off: 0, underWay: 0);

        // The caller's clock is now 100 ms slow, which looks like 100 ms under way, until what was seen before is forgotten.
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Age("a.2", off: -100, underWay: 0));
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Age("a.3", off: -100, underWay: 0));
        _time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Equal(TimeSpan.Zero, Age("a.4", off: -100, underWay: 0));
    }

    [Fact]
    public void Caller_that_was_quiet_for_long_IsAsGoodAsNew()
    {
        Age("a.1", off: 0, underWay: 0);
        for (var minutes = 0; minutes < 12; minutes++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Age("b.1", off: 0, underWay: 0);
        }

        Assert.Equal(TimeSpan.Zero, Age("a.2", off: 0, underWay: 5_000));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(253_402_300_800_000)] // the year 10000
    public void Instant_that_cannot_be_IsIgnored(long sentAt)
    {
        Age("a.1", off: 0, underWay: 0);

        Assert.Equal(TimeSpan.Zero, _clocks.AgeOf("a.2", sentAt));
        Assert.Equal(TimeSpan.FromSeconds(1), Age("a.3", off: 0, underWay: 1_000)); // and spoils nothing
    }

    [Theory]
    [InlineData(0)]
    [InlineData(253_402_300_799_999)]
    public void Instant_at_the_edge_IsTaken(long sentAt)
    {
        Assert.Equal(TimeSpan.Zero, _clocks.AgeOf("a.1", sentAt));
        Assert.Equal(TimeSpan.Zero, _clocks.AgeOf("a.2", sentAt));
        Assert.True(_clocks.AgeOf("a.3", 0) >= TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no dot")]
    public void Ids_that_name_no_caller_AreNotCompared(string id)
    {
        Assert.Equal(TimeSpan.Zero, Age(id, off: 3_600_000, underWay: 0));

        // This may be another caller, with another clock.
        Assert.Equal(TimeSpan.Zero, Age(id, off: 0, underWay: 0));
    }

    [Fact]
    public void Flood_of_made_up_callers_TakesABoundedAmountOfMemoryAndMakesNobodyOld()
    {
        Age("a.1", off: 0, underWay: 0);
        for (var i = 0; i < 200_000; i++)
        {
            Assert.Equal(TimeSpan.Zero, Age($"{i}{new string('x', 200)}.1", off: i, underWay: 0));
        }

        // Two generations of 10,000 names.
        Assert.InRange(_clocks.Remembered, 10_000, 20_000);
        Assert.Equal(TimeSpan.Zero, Age("a.2", off: 0, underWay: 5_000)); // forgotten, so young
    }

    [Fact]
    public void Servers_clock_that_is_set_forward_MakesNoRequestOld()
    {
        var time = new SettableClock();
        var clocks = new ClientClocks(time);
        var sentAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        clocks.AgeOf("a.1", sentAt);
        time.Set(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.Zero, clocks.AgeOf("a.2", sentAt));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), clocks.AgeOf("a.3", sentAt)); // time that has passed still counts
    }

    private TimeSpan Age(string id, long off, long underWay) => _clocks.AgeOf(id, _time.GetUtcNow().ToUnixTimeMilliseconds() + off - underWay);
}
