using System.Buffers.Binary;
using System.Text;
using Rpc.Serialization;

namespace Rpc.Batching;

/// <summary>Writes one batch after the other into the same memory. Used by one sender at a time.</summary>
internal sealed class BatchWriter : IDisposable
{
    private const int LengthBytes = 4;
    private readonly PayloadWriter _output = new(int.MaxValue / 8);
    private int _frameStart;

    /// <summary>The batch; valid until the next one is begun.</summary>
    public ReadOnlyMemory<byte> Written => _output.Written;

    /// <summary>How many frames it has.</summary>
    public int Frames { get; private set; }

    /// <summary>Begins a batch.</summary>
    /// <param name="nonce">The client whose calls it is about.</param>
    /// <param name="sentAt">When it is sent, in milliseconds since 1970 by the sender's clock.</param>
    /// <param name="contentType">The format of the payloads.</param>
    public void Begin(ReadOnlySpan<byte> nonce, long sentAt, string contentType)
    {
        _output.Clear();
        Frames = 0;
        WriteByte(BatchFormat.Version);
        WriteBytes(nonce);
        WriteNumber((ulong)sentAt);
        WriteText(contentType);
    }

    /// <summary>Begins a frame.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="flags">Its flags; the one for headers is added by itself.</param>
    /// <param name="number">The call's number.</param>
    public void BeginFrame(FrameKind kind, FrameFlags flags, long number)
    {
        _frameStart = _output.Written.Length;
        _output.GetSpan(LengthBytes)[..LengthBytes].Clear();
        _output.Advance(LengthBytes);
        WriteByte((byte)kind);
        WriteByte((byte)flags);
        WriteNumber((ulong)number);
    }

    /// <summary>Writes a number in as few bytes as it needs, seven bits each, the lowest first.</summary>
    public void WriteNumber(ulong number)
    {
        var span = _output.GetSpan(10);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            span[length++] = (byte)(number | 0x80);
        }

        span[length++] = (byte)number;
        _output.Advance(length);
    }

    /// <summary>Writes a text: its length in bytes of UTF-8, and those.</summary>
    public void WriteText(string text)
    {
        WriteNumber((ulong)Encoding.UTF8.GetByteCount(text));
        var span = _output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    /// <summary>Writes headers, and marks the frame as having some.</summary>
    public void WriteHeaders(IReadOnlyDictionary<string, string>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return;
        }

        _output.At(_frameStart + LengthBytes + 1) |= (byte)FrameFlags.Headers;
        WriteNumber((ulong)headers.Count);
        foreach (var (name, value) in headers)
        {
            WriteText(name);
            WriteText(value);
        }
    }

    /// <summary>Ends the frame with its payload.</summary>
    public void EndFrame(ReadOnlySpan<byte> payload)
    {
        WriteBytes(payload);
        BinaryPrimitives.WriteInt32LittleEndian(_output.Slice(_frameStart, LengthBytes), _output.Written.Length - _frameStart - LengthBytes);
        Frames++;
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.GetSpan(bytes.Length));
        _output.Advance(bytes.Length);
    }
}
