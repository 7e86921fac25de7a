using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

public sealed class SteadyClockTests
{
    private readonly SettableClock _time = new();
    private readonly long _start;

    public SteadyClockTests() => _start = _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(true, 60, 60)] // a caller's clock that is set ahead makes its requests look younger
    [InlineData(true, -60, 0)]
    [InlineData(false, 60, 0)]
    [InlineData(false, -60, -60)] // so does a server's that is set back
    public void Time_of_day_that_is_set_IsFollowedInOneDirection(bool ahead, int seconds, int followed)
    {
        var clock = new SteadyClock(_time, ahead);
        _time.Set(TimeSpan.FromSeconds(seconds));
        Assert.Equal(_start + (followed * 1_000), clock.Now);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(_start + (followed * 1_000) + 5_000, clock.Now);
        _time.Set(TimeSpan.FromSeconds(-seconds)); // and back to where it was
        Assert.Equal(_start + (followed * 1_000) + 5_000, clock.Now);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Readers_on_many_threads_SeeItGoOneWay(bool ahead)
    {
        var clock = new SteadyClock(_time, ahead);
        Parallel.For(0, 10_000, i =>
        {
            var before = clock.Now;
            if (i % 100 == 0)
            {
                _time.Set(TimeSpan.FromMilliseconds(ahead ? 1 : -1));
            }

            Assert.True(ahead ? clock.Now >= before : clock.Now <= before);
        });
    }
}
