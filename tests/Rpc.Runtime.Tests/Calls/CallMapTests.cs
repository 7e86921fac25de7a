using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

public sealed class CallMapTests : IDisposable
{
    private readonly CallTable _table = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_order_of_adding_and_removing_KeepsWhatIsIn(int seed)
    {
        var random = new Random(seed);
        var map = new CallMap();
        var expected = new Dictionary<long, PendingCall>();
        var all = new List<PendingCall>();
        for (var step = 0; step < 5_000; step++)
        {
            if (random.Next(5) < 3 || all.Count == 0)
            {
                var call = _table.Create();
                all.Add(call);
                map.Add(call);
                expected.Add(call.Number, call);
            }
            else
            {
                var call = all[random.Next(all.Count)]; // one that has been taken out already changes nothing
                map.Remove(call);
                expected.Remove(call.Number);
            }

            Assert.Equal(expected.Count, map.Count);
        }

        Assert.All(all, call => Assert.Same(expected.GetValueOrDefault(call.Number), map.Find(call.Number)));
        Assert.Equal(expected.Keys.Order(), map.ToList().Select(static call => call.Number).Order());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Number_that_nobody_has_IsNotFound(long number)
    {
        var map = new CallMap();
        map.Add(_table.Create());

        Assert.Null(map.Find(number));
    }

    public void Dispose() => _table.Dispose();
}
