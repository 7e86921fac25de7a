using System.Buffers;
using System.Runtime.InteropServices;
using Rpc.Runtime.Tests.Calls;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

public sealed class SharedPayloadTests
{
    private const int Limit = 1_000_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Small_payload_TakesNoMoreThanItsOwnSize(int size, bool fits)
    {
        var payload = Keep(size);

        Assert.Equal(Bytes(size), payload.Written.ToArray());
        Assert.Equal(fits, ArrayOf(payload).Length == size);
        payload.Dispose();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public void Payload_IsThereUntilItsLastOwnerHasDisposedOfIt(int size)
    {
        var payload = Keep(size);
        var shared = payload.Share();
        payload.Dispose();

        Assert.Equal(Bytes(size), shared.Written.ToArray());
        shared.Dispose();
    }

    [Fact]
    public void Large_payload_GoesBackToThePoolOnce_AndCannotBeSharedThen()
    {
        using var pool = new PoolReturns();
        var payload = Keep(500);
        var array = ArrayOf(payload);
        pool.Watch(array);

        payload.Dispose();

        Assert.Equal(1, pool.ReturnsOf(array));
        Assert.Throws<ObjectDisposedException>(() => payload.Share());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public void Next_payload_of_the_thread_DoesNotTouchTheFormerOne(int size)
    {
        var first = Keep(size);
        var second = Keep(size, from: 7);

        Assert.Equal(Bytes(size), first.Written.ToArray());
        Assert.Equal(Bytes(size, from: 7), second.Written.ToArray());
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Payload_that_is_written_inside_of_another_IsItsOwn()
    {
        var outer = PayloadWriter.Rent(Limit);
        outer.Write(Bytes(5));
        var inner = Keep(20);
        outer.Write(Bytes(5));
        var kept = SharedPayload.Keep(outer);

        Assert.Equal((byte[])[.. Bytes(5), .. Bytes(5)], kept.Written.ToArray());
        Assert.Equal(Bytes(20), inner.Written.ToArray());
    }

    [Fact]
    public void Limit_IsThatOfTheCallAndNotOfTheThreadsLastOne()
    {
        SharedPayload.Keep(PayloadWriter.Rent(10)).Dispose();
        Keep(20).Dispose();
        var small = PayloadWriter.Rent(10);

        Assert.Throws<PayloadTooLargeException>(() => small.Write(Bytes(11)));
        small.Clear();
        SharedPayload.Keep(small).Dispose();
    }

    [Fact]
    public void Room_of_a_payload_that_was_refused_GoesBack()
    {
        var writer = PayloadWriter.Rent(Limit);
        _ = writer.GetSpan(100_000);
        writer.Clear();
        SharedPayload.Keep(writer).Dispose();

        var next = PayloadWriter.Rent(Limit);
        Assert.InRange(next.Capacity, 0, 4096);
        SharedPayload.Keep(next).Dispose();
    }

    private static byte[] Bytes(int size, int from = 0) => [.. Enumerable.Range(from, size).Select(static i => (byte)i)];

    private static SharedPayload Keep(int size, int from = 0)
    {
        var writer = PayloadWriter.Rent(Limit);
        writer.Write(Bytes(size, from));
        return SharedPayload.Keep(writer);
    }

    private static byte[] ArrayOf(SharedPayload payload)
    {
        Assert.True(MemoryMarshal.TryGetArray(payload.Written, out var array));
        return array.Array!;
    }
}
