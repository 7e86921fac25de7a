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
    [InlineData(200, null, 0)] // it could not be told from others
    public void Reply_that_is_large_or_nameless_IsNotKept(int size, string? correlationId, int kept)
    {
        using var call = Call(correlationId);
        var reply = call.ToReply(FaultOf(size));
        Assert.Equal(size, reply.Body.Length);
        _ring.Keep("replies", reply, call);

        Assert.Equal(kept, _ring.Count);
    }

    [Fact]
    public void Reply_with_large_headers_IsNotKept()
    {
        using var call = Call("id");
        call.ReplyHeaders["large"] = new string('x', 5_000);
        _ring.Keep("replies", call.ToReply(FaultOf(200)), call);

        Assert.Equal(0, _ring.Count);
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
        // A writer asks for the most that a text could take, which is far more than it takes.
        var call = Call("1");
        var reply = call.ToReply(FaultOf(4_000));
        var (array, body) = (ArrayOf(reply), reply.Body.ToArray());
        Assert.True(array.Length > 8_192);
        _ring.Keep("replies", reply, call);
        using var pool = new PoolReturns();
        pool.Watch(array);
        call.Dispose();

        Assert.Equal(body, _ring.Find("replies", "1")!.Value.Body.ToArray());
        Assert.True(pool.ReturnsOf(array) > 0, $"a reply of {body.Length} bytes keeps {array.Length}");
    }

    private static ReceivedCall Call(string? correlationId) =>
        ServedContext.Shared.Receive(new FakeDelivery(new RequestProperties { ReplyTo = "replies", CorrelationId = correlationId }));

    private static byte[] ArrayOf(in ReplyMessage reply) => MemoryMarshal.TryGetArray(reply.Body, out var segment) ? segment.Array! : [];

    // A fault whose body has just this size.
    private static Fault FaultOf(int size)
    {
        var empty = new System.Buffers.ArrayBufferWriter<byte>();
        FaultFormat.Write(empty, new Fault(RpcStatus.Internal, RpcReason.Handler, MayHaveRun: true, string.Empty));
        return new Fault(RpcStatus.Internal, RpcReason.Handler, MayHaveRun: true, new string('x', size - empty.WrittenCount));
    }

    private byte[] Keep(int number, PoolReturns? pool = null)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        using var call = Call(id);
        call.Reply(SampleRpc.Count, number);
        var reply = call.ToReply(fault: null);
        var array = ArrayOf(reply);
        pool?.Watch(array);
        _ring.Keep("replies", reply, call);
        return array;
    }
}
