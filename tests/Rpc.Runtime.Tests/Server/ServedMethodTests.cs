using Microsoft.Extensions.Time.Testing;
using Rpc.Server;

namespace Rpc.Runtime.Tests.Server;

public sealed class ServedMethodTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServedMethod _method;

    private TimeSpan? UsualTime => _method.UsualTime(_time.GetTimestamp());

    public ServedMethodTests() => _method = new ServedMethod(new RpcMethod<int, int>("test.Service", "Method"), _time);

    [Fact]
    public void Before_the_first_run_NothingIsKnown() => Assert.Null(UsualTime);

    [Fact]
    public void First_run_IsTakenAsItIs()
    {
        Took(TimeSpan.FromMilliseconds(80));

        Assert.Equal(TimeSpan.FromMilliseconds(80), UsualTime);
    }

    [Fact]
    public void One_odd_run_MovesItByASixteenth()
    {
        Took(TimeSpan.FromMilliseconds(100));
        Took(TimeSpan.FromMilliseconds(1_700));

        Assert.Equal(200, UsualTime!.Value.TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void Lasting_change_IsLearnt()
    {
        Took(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 100; i++)
        {
            Took(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(UsualTime!.Value.TotalMilliseconds, 100, 150);
    }

    [Fact]
    public void After_ten_seconds_without_a_run_ItIsUnknownAgain()
    {
        Took(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(TimeSpan.FromSeconds(3), UsualTime);

        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Null(UsualTime);
        Took(TimeSpan.FromMilliseconds(10)); // the old figure has no part in it
        Assert.Equal(TimeSpan.FromMilliseconds(10), UsualTime);
    }

    [Fact]
    public void Runs_on_many_threads_StayBetweenTheirExtremes()
    {
        Parallel.For(0, 20_000, i =>
        {
            Took(TimeSpan.FromMilliseconds(i % 2 == 0 ? 10 : 20));
            Assert.InRange(UsualTime!.Value.TotalMilliseconds, 9.999, 20.001);
        });
    }

    private void Took(TimeSpan elapsed) => _method.Took(elapsed, _time.GetTimestamp());
}
