using Rpc.TestKit.Conformance;

namespace Rpc.TestKit.Fuzz;

/// <summary>Batches of replies to a client, whole and broken.</summary>
/// <param name="random">Makes the choices.</param>
/// <param name="nonce">The client's.</param>
/// <param name="numbers">The numbers of calls under way that they may name.</param>
public sealed class HostileBatchReplies(Random random, byte[] nonce, IReadOnlyList<long> numbers)
{
    private readonly HostileBatches _batches = new(random);

    /// <summary>The next one's body.</summary>
    public byte[] Next()
    {
        var named = random.Next(8) == 0 ? RawBatch.NewNonce() : nonce;
        var batch = new RawBatch(named, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(3) == 0 ? Odd() : Reply())]);
        return _batches.Broken(batch);
    }

    /// <summary>The numbers of replies in a body, as far as a client of this nonce may believe it.</summary>
    public static bool Names(byte[] body, byte[] nonce, out IReadOnlyList<long> named)
    {
        var isWhole = Batching.Batch.TryRead(body, out var batch, out _) && batch.Nonce.Span.SequenceEqual(nonce);
        named = isWhole ? [.. batch.ListFrames().Where(static frame => frame.Kind == Batching.FrameKind.Reply).Select(static frame => frame.Number)] : [];
        return isWhole;
    }

    private RawFrame Reply() => new(random.Next(6) == 0 ? random.NextInt64(1L << 40, long.MaxValue) : random.Pick(numbers), "\"hostile\"") { Time = random.Next(5000) };

    // Flags, headers and payloads may be odd; the number stays one of those that it may name.
    private RawFrame Odd()
    {
        var reply = Reply();
        return _batches.Odd(reply) with { Number = reply.Number };
    }
}
