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
    private const int Places = 1_024;

    private readonly ReplyRing _ring = new();

    [Fact]
    public void Reply_IsFoundByAddressAndCorrelationId_AsACopy()
    {
        Keep(7);

        var found = _ring.Find("replies", "7")!.Value;
        Assert.Equal((new CorrelationId("7"), "application/json", "7"), (found.CorrelationId, found.ContentType, Encoding.UTF8.GetString(found.Body.Span)));
        Fill(from: 9);
        Assert.Equal("7", Encoding.UTF8.GetString(found.Body.Span)); // others have taken its place in the ring
        Assert.Null(_ring.Find("replies", "7"));
        Assert.Null(_ring.Find("other", "7"));
        Assert.Null(_ring.Find("replies", "8"));
        Assert.Null(_ring.Find("replies", null));
    }

    [Fact]
    public void Latest_1024_AreKept()
    {
        Fill(from: 0, count: 3_000);

        Assert.Equal(Places, _ring.Count);
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
        _ring.Keep("replies", reply);

        Assert.Equal(kept, _ring.Count);
    }

    [Fact]
    public void Reply_with_large_headers_IsNotKept()
    {
        using var call = Call("id");
        call.ReplyHeaders["large"] = new string('x', 5_000);
        _ring.Keep("replies", call.ToReply(FaultOf(200)));

        Assert.Equal(0, _ring.Count);
    }

    [Fact]
    public void Kept_reply_HasMemoryOfItsOwn_WhichTheNextInItsPlaceTakesOver()
    {
        using var call = Call("1");
        var reply = call.ToReply(FaultOf(300));
        var body = reply.Body.ToArray();
        _ring.Keep("replies", reply);
        MemoryMarshal.AsMemory(reply.Body).Span.Clear(); // as whoever gets the call's memory next does
        Assert.Equal(body, _ring.Find("replies", "1")!.Value.Body.ToArray());

        Fill(from: 2, count: Places); // the last of them is shorter, and in its place
        Assert.Equal("1025", Encoding.UTF8.GetString(_ring.Find("replies", "1025")!.Value.Body.Span));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Keep(reply with { CorrelationId = "again", Body = body });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000); // a larger one than any before it in the next place
        Fill(from: 2, count: Places - 1);
        before = GC.GetAllocatedBytesForCurrentThread();
        Keep(reply with { CorrelationId = "again", Body = body });
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(body, _ring.Find("replies", "again")!.Value.Body.ToArray());
    }

    private static ReceivedCall Call(string? correlationId) =>
        ServedContext.Shared.Receive(new FakeDelivery(new RequestProperties { ReplyTo = "replies", CorrelationId = correlationId }));

    // A fault whose body has just this size.
    private static Fault FaultOf(int size)
    {
        var empty = new System.Buffers.ArrayBufferWriter<byte>();
        FaultFormat.Write(empty, new Fault(RpcStatus.Internal, RpcReason.Handler, MayHaveRun: true, string.Empty));
        return new Fault(RpcStatus.Internal, RpcReason.Handler, MayHaveRun: true, new string('x', size - empty.WrittenCount));
    }

    private void Fill(int from, int count = Places)
    {
        for (var i = from; i < from + count; i++)
        {
            Keep(i);
        }
    }

    private void Keep(int number)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        Keep(new ReplyMessage(id, "application/json", Encoding.UTF8.GetBytes(id)));
    }

    private void Keep(in ReplyMessage reply) => _ring.Keep("replies", reply);
}
