using System.Text;
using Rpc.Batching;
using Rpc.Serialization;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server.Batches;

/// <summary>Batches of calls of <see cref="ISteps"/>, without a transport.</summary>
internal static class ServedBatch
{
    public static byte[] Nonce { get; } = [.. Enumerable.Range(1, 16).Select(static i => (byte)i)];

    /// <summary>A message with these calls.</summary>
    public static FakeDelivery Of(params IReadOnlyList<RawFrame> frames) => Of(Properties(), frames);

    public static FakeDelivery Of(in RequestProperties properties, params IReadOnlyList<RawFrame> frames) => new(properties, new RawBatch(Nonce, frames).ToBytes());

    /// <summary>Calls of one method, numbered from 1 unless given, each with its number as argument.</summary>
    public static IReadOnlyList<RawFrame> Calls(string method, int count, int from = 1) =>
        [.. Enumerable.Range(from, count).Select(i => new RawFrame(i, method, $$"""{"n":{{i}}}"""))];

    public static RequestProperties Properties() =>
        new() { ReplyTo = "replies", CorrelationId = "batch", Type = "test.Steps", AppId = "rpc/1", ContentType = BatchFormat.ContentType };

    /// <summary>What came back, by the calls' numbers, through whichever message; what came by itself included.</summary>
    public static Dictionary<long, RawFrame> Replies(params FakeDelivery[] deliveries)
    {
        var prefix = new RawBatch(Nonce).Prefix;
        var found = new Dictionary<long, RawFrame>();
        foreach (var reply in deliveries.SelectMany(static delivery => delivery.Replies))
        {
            if (reply.ContentType == BatchFormat.ContentType)
            {
                var batch = RawBatch.Read(reply.Body);
                Assert.Equal(Nonce, batch.Nonce);
                Assert.All(batch.Frames, frame => found.Add(frame.Number, frame));
            }
            else
            {
                Assert.StartsWith(prefix, reply.CorrelationId.Text, StringComparison.Ordinal);
                var number = Convert.ToInt64(reply.CorrelationId.ToString()[prefix.Length..], 16);
                found.Add(number, new RawFrame(RawFrame.Reply, number, reply.Body) { Flags = reply.ContentType == Rpc.Transport.Wire.FaultContentType ? RawFrame.IsFault : (byte)0 });
            }
        }

        return found;
    }

    /// <summary>The fault in a reply.</summary>
    public static Fault FaultOf(RawFrame reply)
    {
        Assert.True((reply.Flags & RawFrame.IsFault) != 0, Encoding.UTF8.GetString(reply.Payload.Span));
        return FaultFormat.Read(reply.Payload)!;
    }
}
