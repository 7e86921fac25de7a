using System.Diagnostics.CodeAnalysis;

namespace Rpc.Batching;

/// <summary>
/// A batch that was read as a whole: what cannot be read to its end is not a batch, and nothing of it is used. Its frames are read once to check them and
/// once to use them, so that nothing is kept for each.
/// </summary>
internal readonly struct Batch
{
    private readonly ReadOnlyMemory<byte> _frames;

    private Batch(ReadOnlyMemory<byte> nonce, long sentAt, string contentType, ReadOnlyMemory<byte> frames, int count)
    {
        Nonce = nonce;
        SentAt = sentAt;
        ContentType = contentType;
        _frames = frames;
        Count = count;
    }

    /// <summary>The client whose calls it is about. The memory is the message's.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>When it was sent, in milliseconds since 1970 by its sender's clock.</summary>
    public long SentAt { get; }

    /// <summary>The format of the payloads.</summary>
    public string ContentType { get; }

    /// <summary>How many frames of known kinds it has.</summary>
    public int Count { get; }

    /// <summary>Reads a batch.</summary>
    /// <param name="body">The message's body; the batch refers to it.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> body, out Batch batch, [NotNullWhen(false)] out string? problem)
    {
        var reader = new BatchReader(body);
        batch = default;
        problem = reader.ReadHeader(out var nonce, out var sentAt, out var contentType);
        var frames = reader.Rest;
        var (all, known) = (0, 0);
        for (; problem is null && !reader.IsAtEnd; all++)
        {
            var isKnown = false;
            problem = all < BatchFormat.MaxFrames ? reader.CheckFrame(all, out isKnown) : $"it has more than {BatchFormat.MaxFrames} frames";
            known += isKnown ? 1 : 0;
        }

        if (problem is not null)
        {
            return false;
        }

        batch = new Batch(nonce, sentAt, contentType!, frames, known);
        return true;
    }

    /// <summary>Goes through the frames of known kinds, in their order.</summary>
    public Enumerator GetEnumerator() => new(_frames);

    /// <summary>Goes through frames that have been checked.</summary>
    /// <param name="frames">The frames.</param>
    public ref struct Enumerator(ReadOnlyMemory<byte> frames)
    {
        private BatchReader _reader = new(frames);
        private Frame _current;

        /// <summary>The frame.</summary>
        [UnscopedRef]
        public readonly ref readonly Frame Current => ref _current;

        /// <summary>Goes on.</summary>
        public bool MoveNext()
        {
            while (!_reader.IsAtEnd)
            {
                if (_reader.TryReadChecked(out _current))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
