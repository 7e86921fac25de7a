namespace Rpc.Serialization;

/// <summary>
/// An encoded payload that waits, with one or more owners. A small one has an array of its own, which nobody needs to give back; a larger one is pooled, and
/// the last of its owners to dispose of it gives it back.
/// </summary>
internal readonly struct SharedPayload : IDisposable
{
    // Up to this size a payload that waits is better off in an array of its own size than in a pooled one of at least 256 bytes: many that wait at once
    // empty the pool, and it then makes new ones.
    private const int MaxSmallSize = 128;

    // A byte[] or a PayloadWriter: a field less in every call that waits.
    private readonly object _bytes;

    /// <summary>Takes over a payload as it is.</summary>
    /// <param name="writer">The payload; its owner's share goes with it.</param>
    public SharedPayload(PayloadWriter writer) => _bytes = writer;

    private SharedPayload(byte[] small) => _bytes = small;

    /// <summary>What was written; of a pooled one, valid until its last owner has disposed of it.</summary>
    public ReadOnlyMemory<byte> Written => _bytes is byte[] small ? small : ((PayloadWriter)_bytes).Written;

    /// <summary>Whether it has an array of its own, which stays as it is.</summary>
    public bool IsSmall => _bytes is byte[];

    /// <summary>Keeps what was written.</summary>
    /// <param name="writer">What <see cref="PayloadWriter.Rent"/> gave; not to be used any more.</param>
    public static SharedPayload Keep(PayloadWriter writer)
    {
        if (writer.Written.Length > MaxSmallSize)
        {
            return new SharedPayload(writer);
        }

        var small = new SharedPayload(writer.Written.ToArray());
        writer.GiveBack();
        return small;
    }

    /// <summary>Adds an owner, which disposes of it too.</summary>
    /// <returns>The same payload.</returns>
    /// <exception cref="ObjectDisposedException">It is pooled, and has no owner any more.</exception>
    public SharedPayload Share()
    {
        (_bytes as PayloadWriter)?.Share();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => (_bytes as PayloadWriter)?.Dispose();
}
