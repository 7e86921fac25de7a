using System.Buffers.Binary;
using Rpc.Batching;
using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>
/// The message that a batch of requests came in. It is acknowledged when all of its calls are settled, and its body is given back when none of them
/// needs it any more. Thread-safe.
/// </summary>
/// <param name="delivery">The message.</param>
/// <param name="nonce">The client that sent it; copied, since replies need it when none of the calls needs the body any more.</param>
/// <param name="calls">How many calls it carries.</param>
internal sealed class BatchedMessage(IDelivery delivery, ReadOnlySpan<byte> nonce, int calls)
{
    private readonly UInt128 _nonce = BinaryPrimitives.ReadUInt128LittleEndian(nonce);
    private int _unsettled = calls;
    private int _unreleased = calls;

    /// <summary>Whether replies can go back the way it came.</summary>
    public bool IsLive => delivery.IsLive;

    /// <summary>The message itself, for the reply to many of its calls.</summary>
    public IDelivery Delivery => delivery;

    /// <summary>Whether one of its calls waits for its turn already: then the others do not count, <see cref="ReadyQueue"/> says why.</summary>
    public bool Waits { get; set; }

    /// <summary>How long it was under way; <see langword="null"/> until one of its calls, which are made one by one, asks.</summary>
    public TimeSpan? Age { get; set; }

    /// <summary>
    /// What sends the replies to where it came from, so that not each of them looks it up; <see langword="null"/> until there is one. It may have gone out
    /// of use meanwhile, which it tells whoever adds to it; of two that are put here at once, either is good.
    /// </summary>
    public ReplyGatherer? Gatherer { get; set; }

    /// <summary>Writes the client that sent it.</summary>
    /// <param name="nonce">Its place, of <see cref="BatchFormat.NonceBytes"/>.</param>
    public void WriteNonce(Span<byte> nonce) => BinaryPrimitives.WriteUInt128LittleEndian(nonce, _nonce);

    /// <summary>Whether another message is from the same client.</summary>
    public bool IsSameClient(BatchedMessage other) => other._nonce == _nonce;

    /// <summary>One call is settled, for the first time or, where that has failed, once more.</summary>
    public ValueTask SettleAsync(bool again) =>
        (again ? Volatile.Read(ref _unsettled) : Interlocked.Decrement(ref _unsettled)) == 0 ? delivery.AcknowledgeAsync() : default;

    /// <summary>One call needs the body no longer.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _unreleased) == 0)
        {
            delivery.Release();
        }
    }
}
