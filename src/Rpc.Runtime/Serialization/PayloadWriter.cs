using System.Buffers;

namespace Rpc.Serialization;

/// <summary>
/// A pooled buffer that a payload is written to, and that refuses to grow past a limit: what is too large is found out while it is written, not after
/// it has taken the memory. It starts with one owner; the last of its owners to dispose of it gives the array back.
/// </summary>
internal sealed class PayloadWriter(int limit) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 256;
    private const int MaxKeptCapacity = 4096;

    // One a thread. It is taken off its place while it is used: a serializer that makes calls itself gets another one.
    [ThreadStatic]
    private static PayloadWriter? t_spare;

    private byte[] _buffer = [];
    private int _written;
    private int _owners = 1;

    /// <summary>The largest payload, in bytes.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>What has been written; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _written);

    /// <summary>The size of the array behind it.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Takes a writer that is empty, with memory if there was one at rest. It is given back by <see cref="GiveBack"/>, or disposed of.</summary>
    /// <param name="limit">The largest payload, in bytes.</param>
    public static PayloadWriter Rent(int limit)
    {
        var writer = t_spare ?? new PayloadWriter(limit);
        t_spare = null;
        writer.Limit = limit;
        return writer;
    }

    /// <summary>Gives a writer back that has one owner, who is not to use it any more. Called once, on whatever thread.</summary>
    public void GiveBack()
    {
        // What a large payload left is not this thread's for ever.
        if (Capacity > MaxKeptCapacity || t_spare is not null)
        {
            Dispose();
            return;
        }

        Clear();
        t_spare = this;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _written), nameof(count));
        _written += count;
        if (_written > Limit)
        {
            throw new PayloadTooLargeException(Limit);
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_written);
    }

    /// <summary>A byte that was written, to be changed.</summary>
    public ref byte At(int index) => ref _buffer[index];

    /// <summary>Bytes that were written, to be changed.</summary>
    public Span<byte> Slice(int start, int length) => _buffer.AsSpan(start, length);

    /// <summary>Forgets what was written, so that something else can be.</summary>
    public void Clear() => _written = 0;

    /// <summary>Adds an owner, which disposes of it too.</summary>
    /// <returns>This instance.</returns>
    /// <exception cref="ObjectDisposedException">It has no owner any more.</exception>
    public PayloadWriter Share()
    {
        for (var owners = Volatile.Read(ref _owners); owners > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (seen == owners)
            {
                return this;
            }

            owners = seen;
        }

        throw new ObjectDisposedException(nameof(PayloadWriter));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _owners) != 0)
        {
            return;
        }

        Return();
        _buffer = [];
        _written = 0;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length - _written)
        {
            return;
        }

        // A writer asks for the most that a value could take: JSON text up to six bytes a character where it turns out to be one. So a request may
        // pass the limit by that much; more than that is refused before the memory is taken.
        if ((long)_written + needed > (6L * Limit) + FirstSize)
        {
            throw new PayloadTooLargeException(Limit);
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_written + needed, Math.Max(_buffer.Length * 2, FirstSize)));
        _buffer.AsSpan(0, _written).CopyTo(larger);
        Return();
        _buffer = larger;
    }
}
