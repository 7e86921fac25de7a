using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Rpc.Runtime.Tests.Calls;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

public sealed class ReplyRingTests
{
    private readonly ReplyRing _ring = new();

    [Fact]
    public void Reply_IsFoundByAddressAndCorrelationId_AsACopy()
    {
        Keep(7);

        var found = _ring.Find("replies", "7")!.Value;
        Assert.Equal(("7", "application/json", "7"), (found.CorrelationId, found.ContentType, Encoding.UTF8.GetString(found.Body.Span)));
        _ring.Clear();
        Assert.Equal("7", Encoding.UTF8.GetString(found.Body.Span));
        Assert.Null(_ring.Find("other", "7"));
        Assert.Null(_ring.Find("replies", "8"));
        Assert.Null(_ring.Find("replies", null));
    }

    [Fact]
    public void Latest_1024_AreKept()
    {
        for (var i = 0; i < 3_000; i++)
        {
            Keep(i);
        }

        Assert.Equal(1_024, _ring.Count);
        Assert.NotNull(_ring.Find("replies", "2999"));
        Assert.NotNull(_ring.Find("replies", "1976"));
        Assert.Null(_ring.Find("replies", "1975"));
    }

    [Theory]
    [InlineData(4_096, "id", 1)]
    [InlineData(4_097, "id", 0)]
    [InlineData(1, null, 0)] // it could not be told from others
    public void Reply_that_is_large_or_nameless_IsNotKept(int size, string? correlationId, int kept)
    {
        var call = new ReceivedCall(ServedContext.Shared, new FakeDelivery(default));
        _ring.Keep("replies", new ReplyMessage(correlationId, null, new byte[size]), call);

        Assert.Equal(kept, _ring.Count);
    }

    [Fact]
    public void Memory_GoesBackOnce_WhenAnotherTakesThePlaceOrAtTheEnd()
    {
        using var pool = new PoolReturns();
        var arrays = new List<byte[]>();
        for (var i = 0; i < 1_025; i++)
        {
            arrays.Add(Keep(i, pool));
        }

        Assert.NotEqual(0, pool.ReturnsOf(arrays[0]));
        Assert.All(arrays.Skip(1), array => Assert.Equal(0, pool.ReturnsOf(array)));
        _ring.Clear();
        _ring.Clear();
        Assert.Equal(0, _ring.Count);
        Assert.All(arrays, array => Assert.NotEqual(0, pool.ReturnsOf(array)));
        Assert.All(arrays, array => Assert.InRange(pool.BalanceOf(array), 0, 1)); // others of this process rent them
    }

    [Fact]
    public void Kept_memory_StaysInTheOrderOfTheReplies()
    {
        // A writer may ask for far more than it writes: a filter that had the method run twice, texts of which each character could take six bytes.
        var call = new ReceivedCall(ServedContext.Create(maxReplySize: 100_000), new FakeDelivery(new RequestProperties { ReplyTo = "replies", CorrelationId = "1" }));
        var payload = call.TakePayload(int.MaxValue);
        payload.GetSpan(20_000)[0] = (byte)'7';
        payload.Advance(1);
        var array = ArrayOf(payload);
        Assert.True(array.Length > 16_000);
        _ring.Keep("replies", new ReplyMessage("1", null, payload.Written), call);
        payload.Dispose();
        using var pool = new PoolReturns();
        pool.Watch(array);
        call.Dispose();

        Assert.Equal("7"u8.ToArray(), _ring.Find("replies", "1")!.Value.Body.ToArray());
        Assert.True(pool.ReturnsOf(array) > 0, $"a reply of one byte keeps {array.Length} bytes");
    }

    private static byte[] ArrayOf(PayloadWriter payload) => MemoryMarshal.TryGetArray(payload.Written, out var segment) ? segment.Array! : [];

    private byte[] Keep(int number, PoolReturns? pool = null)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        using var call = new ReceivedCall(ServedContext.Shared, new FakeDelivery(new RequestProperties { ReplyTo = "replies", CorrelationId = id }));
        call.Reply(SampleRpc.Count, number);
        var reply = call.ToReply(fault: null);
        Assert.True(MemoryMarshal.TryGetArray(reply.Body, out var array));
        pool?.Watch(array.Array!);
        _ring.Keep("replies", reply, call);
        return array.Array!;
    }
}
