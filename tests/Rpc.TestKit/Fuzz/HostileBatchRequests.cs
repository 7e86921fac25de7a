using RabbitMQ.Client;
using Rpc.TestKit.Conformance;

namespace Rpc.TestKit.Fuzz;

/// <summary>Batches of requests, whole and broken. Those that are whole come from a client of their own, whose replies tell what became of them.</summary>
/// <param name="random">Makes the choices.</param>
/// <param name="replyQueues">Queues that exist, to which replies may go.</param>
public sealed class HostileBatchRequests(Random random, IReadOnlyList<string> replyQueues)
{
    private readonly HostileBatches _batches = new(random);
    private readonly HostileBodies _bodies = new(random);
    private readonly byte[] _nonce = Nonce(random);
    private int _number;

    /// <summary>The correlation ids that replies in kind stand for.</summary>
    public string IdOf(long number) => new RawBatch(_nonce).IdOf(number);

    /// <summary>The next message, and the numbers of the calls in it, if each must be answered by itself; otherwise it is answered as a whole, or not at all.</summary>
    /// <param name="calls">The numbers.</param>
    public HostileMessage Next(out IReadOnlyList<long> calls)
    {
        var isWhole = random.Next(3) == 0;
        RawFrame[] frames = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Request())];
        var batch = new RawBatch(isWhole ? _nonce : Nonce(random), isWhole ? frames : [.. frames.Select(frame => random.Next(3) == 0 ? _batches.Odd(frame) : frame)]);
        calls = isWhole ? [.. frames.Select(static frame => frame.Number)] : [];
        return new HostileMessage(
            new BasicProperties
            {
                CorrelationId = $"b{_number++}",
                ReplyTo = random.Pick(replyQueues),
                Type = isWhole || random.Next(4) != 0 ? IFuzzed.WireName : random.Sometimes(random.AnyText),
                ContentType = RawBatch.ContentTypeOfBatches,
                ContentEncoding = isWhole || random.Next(10) != 0 ? null : "gzip",
                AppId = isWhole || random.Next(8) != 0 ? RawEnvelope.OwnAppId : random.Sometimes(random.AnyText),
            },
            isWhole ? batch.ToBytes() : _batches.Broken(batch));
    }

    /// <summary>Whether a server answers a message as a whole, by its own correlation id: then no call of it is answered.</summary>
    public static bool IsUnreadable(string? appId, byte[] body) =>
        appId != RawEnvelope.OwnAppId || !Batching.Batch.TryRead(body, out var batch, out _) || batch.Count == 0
        || batch.ListFrames().Any(static frame => frame.Kind != Batching.FrameKind.Request);

    private RawFrame Request()
    {
        var method = random.Next(5) == 0 ? random.OneOf("Nothing", "NoSuchMethod", "", "Note", "a/b", random.AnyText()) : "Echo";
        return new RawFrame(RawFrame.Request, _number++, _bodies.NextCall()) { Flags = RawFrame.RefuseIfUnknown, Method = method };
    }

    private static byte[] Nonce(Random random)
    {
        var nonce = new byte[16];
        random.NextBytes(nonce);
        return nonce;
    }
}
