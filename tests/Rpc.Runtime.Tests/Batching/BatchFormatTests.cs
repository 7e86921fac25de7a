using System.Buffers.Binary;
using System.Text;
using Rpc.Batching;

namespace Rpc.Runtime.Tests.Batching;

/// <summary>Batches as bytes: what is written is read, and what is broken is refused as a whole.</summary>
public sealed class BatchFormatTests : IDisposable
{
    private static readonly byte[] s_nonce = [.. Enumerable.Range(1, BatchFormat.NonceBytes).Select(static number => (byte)number)];
    private readonly BatchWriter _writer = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(127, 1)]
    [InlineData(128, 300)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Request_that_is_written_is_read(long number, long left)
    {
        _writer.Begin(s_nonce, 1_790_000_000_000, "application/json");
        WriteRequest(number, left, new Dictionary<string, string> { ["tenant"] = "ä", ["empty"] = "" }, "{\"n\":30}");

        var batch = Read();

        Assert.Equal(s_nonce, batch.Nonce.ToArray());
        Assert.Equal((1_790_000_000_000, "application/json"), (batch.SentAt, batch.ContentType));
        var frame = Assert.Single(FramesOf(batch));
        Assert.Equal((FrameKind.Request, number, left, 3), (frame.Kind, frame.Number, frame.Time, frame.Attempt));
        Assert.Equal("Fib", Encoding.UTF8.GetString(frame.Name.Span));
        Assert.Equal("{\"n\":30}", Encoding.UTF8.GetString(frame.Payload.Span));
        Assert.Equal([("empty", ""), ("tenant", "ä")], frame.Headers!.Select(static header => (header.Key, header.Value)).Order());
    }

    [Fact]
    public void Replies_that_are_written_are_read_in_their_order()
    {
        _writer.Begin(s_nonce, 0, "application/json");
        for (var number = 1; number <= BatchFormat.MaxFrames; number++)
        {
            WriteReply(number, $"{number}");
        }

        Assert.Equal(
            Enumerable.Range(1, BatchFormat.MaxFrames).Select(static number => ((long)number, $"{number}")),
            FramesOf(Read()).Select(static frame => (frame.Number, Encoding.UTF8.GetString(frame.Payload.Span))));
    }

    [Fact]
    public void Writer_begins_anew_with_each_batch()
    {
        _writer.Begin(s_nonce, 0, "application/json");
        WriteReply(1, "one");
        _writer.Begin(s_nonce, 0, "application/json");
        WriteReply(2, "two");

        Assert.Equal(2, Assert.Single(FramesOf(Read())).Number);
        Assert.Equal(1, _writer.Frames);
    }

    [Fact]
    public void One_frame_too_many_is_refused()
    {
        _writer.Begin(s_nonce, 0, "application/json");
        for (var number = 0; number <= BatchFormat.MaxFrames; number++)
        {
            WriteReply(number, "");
        }

        AssertRefused(_writer.Written.ToArray(), "128");
    }

    [Fact]
    public void Every_batch_that_is_cut_short_is_refused_or_has_fewer_frames()
    {
        _writer.Begin(s_nonce, 5, "application/json");
        WriteRequest(1, 1000, new Dictionary<string, string> { ["a"] = "b" }, "{}");
        var first = _writer.Written.Length;
        WriteReply(2, "2");
        var body = _writer.Written.ToArray();

        for (var length = 0; length < body.Length; length++)
        {
            var isWhole = Batch.TryRead(body.AsMemory(0, length), out var batch, out var problem);
            var header = 1 + BatchFormat.NonceBytes + 1 + 1 + "application/json".Length;
            Assert.Equal(length == header || length == first, isWhole); // nothing but whole frames
            Assert.Equal(isWhole, problem is null);
            Assert.Equal(length == first ? 1 : 0, isWhole ? batch.Count : 0);
        }
    }

    [Fact]
    public void Other_version_is_refused_by_its_number()
    {
        _writer.Begin(s_nonce, 0, "application/json");
        var body = _writer.Written.ToArray();
        body[0] = 7;

        AssertRefused(body, "version 7");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void Frame_of_an_impossible_length_is_refused(int length)
    {
        _writer.Begin(s_nonce, 0, "application/json");
        var start = _writer.Written.Length;
        WriteReply(1, "x");
        var body = _writer.Written.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(start), length);

        AssertRefused(body, "frame 0");
    }

    [Fact]
    public void Unknown_kind_is_passed_over_unless_it_must_not_be()
    {
        byte[] Body(FrameFlags flags)
        {
            _writer.Begin(s_nonce, 0, "application/json");
            _writer.BeginFrame((FrameKind)9, flags, 1);
            _writer.EndFrame("whatever"u8);
            WriteReply(2, "2");
            return _writer.Written.ToArray();
        }

        Assert.True(Batch.TryRead(Body(FrameFlags.None), out var batch, out _));
        Assert.Equal(2, Assert.Single(FramesOf(batch)).Number);
        AssertRefused(Body(FrameFlags.RefuseIfUnknown), "kind 9");
    }

    public void Dispose() => _writer.Dispose();

    private static void AssertRefused(byte[] body, string word)
    {
        Assert.False(Batch.TryRead(body, out var batch, out var problem));
        Assert.Equal(0, batch.Count);
        Assert.Contains(word, problem, StringComparison.Ordinal);
    }

    private Batch Read()
    {
        Assert.True(Batch.TryRead(_writer.Written, out var batch, out var problem), problem);
        return batch;
    }

    private void WriteRequest(long number, long left, IReadOnlyDictionary<string, string>? headers, string payload)
    {
        _writer.BeginFrame(FrameKind.Request, FrameFlags.RefuseIfUnknown, number);
        _writer.WriteText("Fib");
        _writer.WriteNumber((ulong)left);
        _writer.WriteNumber(3);
        _writer.WriteHeaders(headers);
        _writer.EndFrame(Encoding.UTF8.GetBytes(payload));
    }

    private void WriteReply(long number, string payload)
    {
        _writer.BeginFrame(FrameKind.Reply, FrameFlags.None, number);
        _writer.WriteNumber(12);
        _writer.EndFrame(Encoding.UTF8.GetBytes(payload));
    }

    private static List<Frame> FramesOf(Batch batch)
    {
        var frames = new List<Frame>();
        foreach (ref readonly var frame in batch)
        {
            frames.Add(frame);
        }

        Assert.Equal(batch.Count, frames.Count);
        return frames;
    }
}
