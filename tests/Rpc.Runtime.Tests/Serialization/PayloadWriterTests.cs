using System.Buffers;
using System.Runtime.InteropServices;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

public sealed class PayloadWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4_096)]
    [InlineData(100_001)]
    public void Exactly_the_limit_IsWritten_And_one_byte_more_IsRefused(int limit)
    {
        using var exact = new PayloadWriter(limit);
        Fill(exact, limit);
        Assert.Equal(limit, exact.Written.Length);
        Assert.All(exact.Written.ToArray().Select(static (value, i) => (value, i)), static at => Assert.Equal((byte)at.i, at.value));

        using var over = new PayloadWriter(limit);
        var refusal = Assert.Throws<PayloadTooLargeException>(() => Fill(over, limit + 1));
        Assert.Contains($"larger than {limit} bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_write_of_the_whole_payload_ObeysTheSameLimit()
    {
        using var exact = new PayloadWriter(1_000);
        exact.Write(new byte[1_000]);
        Assert.Equal(1_000, exact.Written.Length);

        using var over = new PayloadWriter(1_000);
        Assert.Throws<PayloadTooLargeException>(() => over.Write(new byte[1_001]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(65_536)]
    public void Requests_beyond_six_times_the_limit_AreRefusedBeforeTheMemoryIsTaken(int limit)
    {
        var most = (6 * limit) + 256;
        using var writer = new PayloadWriter(limit);
        Assert.InRange(writer.GetMemory(most).Length, most, 2 * most); // the pool rounds up to a power of two

        using var greedy = new PayloadWriter(limit);
        Assert.Throws<PayloadTooLargeException>(() => greedy.GetMemory(most + 1));
        Assert.Throws<PayloadTooLargeException>(() => greedy.GetSpan(int.MaxValue));
        Assert.True(greedy.Written.IsEmpty);
        Assert.Empty(BufferOf(greedy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(300_000)]
    public void Any_sequence_of_writes_NeverTakesMoreThanTheDocumentedBound(int limit)
    {
        var random = new Random(limit);
        for (var round = 0; round < 50; round++)
        {
            using var writer = new PayloadWriter(limit);
            try
            {
                while (true)
                {
                    var hint = random.Next(0, (3 * limit) + 10);
                    var span = writer.GetSpan(hint);
                    Assert.True(span.Length >= Math.Max(1, hint));
                    Assert.True(BufferOf(writer).Length <= 2 * ((6 * limit) + 256), $"{BufferOf(writer).Length} bytes for a limit of {limit}");
                    writer.Advance(random.Next(0, Math.Min(span.Length, limit) + 1));
                    Assert.InRange(writer.Written.Length, 0, limit);
                }
            }
            catch (PayloadTooLargeException)
            {
                Assert.InRange(BufferOf(writer).Length, 0, 2 * ((6 * limit) + 256));
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(100_000)]
    public void Advance_past_the_buffer_Throws(int count)
    {
        using var writer = new PayloadWriter(1 << 20);
        writer.GetSpan(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(count));
        Assert.True(writer.Written.IsEmpty);
    }

    [Fact]
    public void Growing_KeepsWhatWasWritten()
    {
        using var writer = new PayloadWriter(1 << 20);
        for (var i = 0; i < 5_000; i++)
        {
            writer.GetSpan(1 + (i % 100))[0] = (byte)i;
            writer.Advance(1);
        }

        Assert.Equal(Enumerable.Range(0, 5_000).Select(static i => (byte)i), writer.Written.ToArray());
    }

    [Fact]
    public void Clear_StartsOver()
    {
        using var writer = new PayloadWriter(8);
        Fill(writer, 8);
        writer.Clear();
        Assert.True(writer.Written.IsEmpty);
        Fill(writer, 8);
        Assert.Equal(8, writer.Written.Length);
    }

    [Fact]
    public void Second_dispose_DoesNotGiveTheArrayBackAgain()
    {
        using var pool = new Calls.PoolReturns();
        var writer = new PayloadWriter(1 << 20);
        Fill(writer, 200_000);
        var buffer = BufferOf(writer);
        pool.Watch(buffer);

        writer.Dispose();
        writer.Dispose();

        Assert.Equal(1, pool.BalanceOf(buffer));
        Assert.True(writer.Written.IsEmpty);
    }

    [Fact]
    public void Shared_payload_LivesUntilItsLastOwnerIsDone()
    {
        using var pool = new Calls.PoolReturns();
        var writer = new PayloadWriter(1 << 20);
        Fill(writer, 200_000);
        var buffer = BufferOf(writer);
        pool.Watch(buffer);
        writer.Share().Share();

        writer.Dispose();
        writer.Dispose();
        Assert.Equal((200_000, 0), (writer.Written.Length, pool.ReturnsOf(buffer)));
        writer.Dispose();
        Assert.Equal((0, 1), (writer.Written.Length, pool.BalanceOf(buffer)));
    }

    private static void Fill(PayloadWriter writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            writer.GetSpan(1)[0] = (byte)i;
            writer.Advance(1);
        }
    }

    private static byte[] BufferOf(PayloadWriter writer) =>
        MemoryMarshal.TryGetArray(writer.Written, out var segment) ? segment.Array! : [];
}
