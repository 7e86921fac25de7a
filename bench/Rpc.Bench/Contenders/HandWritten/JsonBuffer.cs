using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>A buffer with its JSON writer, kept for the next message of the same thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing but the buffer, and both live as long as their thread.")]
internal sealed class JsonBuffer
{
    [ThreadStatic]
    private static JsonBuffer? t_spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly Utf8JsonWriter _writer;

    private JsonBuffer() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Takes a buffer that nobody uses.</summary>
    public static JsonBuffer Rent()
    {
        var spare = t_spare ?? new JsonBuffer();
        t_spare = null;
        return spare;
    }

    /// <summary>Writes a value.</summary>
    /// <returns>Its JSON, valid until <see cref="Return"/>.</returns>
    public ReadOnlyMemory<byte> Write<T>(T value, JsonTypeInfo<T> json)
    {
        JsonSerializer.Serialize(_writer, value, json);
        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Return()
    {
        Clear();
        t_spare = this;
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
    }
}
