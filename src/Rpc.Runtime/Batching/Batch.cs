using System.Diagnostics.CodeAnalysis;

namespace Rpc.Batching;

/// <summary>A batch that was read as a whole: what cannot be read to its end is not a batch, and nothing of it is used.</summary>
internal sealed class Batch
{
    private Batch(ReadOnlyMemory<byte> nonce, long sentAt, string contentType, List<Frame> frames)
    {
        Nonce = nonce;
        SentAt = sentAt;
        ContentType = contentType;
        Frames = frames;
    }

    /// <summary>The client whose calls it is about. The memory is the message's.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>When it was sent, in milliseconds since 1970 by its sender's clock.</summary>
    public long SentAt { get; }

    /// <summary>The format of the payloads.</summary>
    public string ContentType { get; }

    /// <summary>The frames of known kinds, in their order.</summary>
    public IReadOnlyList<Frame> Frames { get; }

    /// <summary>Reads a batch.</summary>
    /// <param name="body">The message's body; the batch refers to it.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out Batch? batch, [NotNullWhen(false)] out string? problem)
    {
        var reader = new BatchReader(body);
        batch = null;
        problem = reader.ReadHeader(out var nonce, out var sentAt, out var contentType);
        var frames = new List<Frame>();
        while (problem is null && !reader.IsAtEnd)
        {
            problem = frames.Count == BatchFormat.MaxFrames
                ? $"it has more than {BatchFormat.MaxFrames} frames"
                : reader.ReadFrame(frames);
        }

        if (problem is not null)
        {
            return false;
        }

        batch = new Batch(nonce, sentAt, contentType!, frames);
        return true;
    }
}
