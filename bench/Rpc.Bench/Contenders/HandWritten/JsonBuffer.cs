using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>A buffer with its JSON writer, kept for the next message.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing but the buffer, and both live as long as the program.")]
internal sealed class JsonBuffer
{
    // Not one a thread: a publish that waits for room gives its buffer back on another thread than the one that took it.
    private static readonly ConcurrentBag<JsonBuffer> s_spares = [];

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly Utf8JsonWriter _writer;

    private JsonBuffer() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Takes a buffer that nobody uses.</summary>
    public static JsonBuffer Rent() => s_spares.TryTake(out var spare) ? spare : new JsonBuffer();

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
        s_spares.Add(this);
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
    }
}
