using Rpc.TestKit.Conformance;

namespace Rpc.TestKit.Fuzz;

/// <summary>Bodies of batches: some whole, most of them broken in one way or another.</summary>
/// <param name="random">Makes the choices.</param>
public sealed class HostileBatches(Random random)
{
    private static readonly long[] s_numbers = [0, 1, 127, 128, 1000, int.MaxValue, uint.MaxValue, long.MaxValue, 1L << 56];

    /// <summary>A batch with its bytes changed, cut, repeated or put in another order; sometimes as it is.</summary>
    public byte[] Broken(RawBatch batch)
    {
        var body = batch.ToBytes();
        return random.Next(9) switch
        {
            0 => body,
            1 => body[..random.Next(body.Length)],
            2 => [.. body, .. Noise()],
            3 => Flipped(body, random.Next(1, 4)),
            4 => Flipped(body, random.Next(4, 40)),
            5 => [.. body[..random.Next(body.Length)], .. Noise(), .. body[random.Next(body.Length)..]],
            6 => Patched(body),
            7 => (batch with { ContentType = random.AnyText(), SentAt = random.Pick(s_numbers) }).ToBytes(),
            _ => Noise(),
        };
    }

    /// <summary>Frames as no side of ours writes them, each whole in itself.</summary>
    public RawFrame Odd(RawFrame frame) => random.Next(10) switch
    {
        0 => frame with { Kind = (byte)random.Next(256), Flags = (byte)random.Next(256), Rest = Noise() },
        1 => frame with { Flags = (byte)random.Next(256) },
        2 => frame with { Number = random.Pick(s_numbers) },
        3 => frame with { Time = random.Pick(s_numbers), Attempt = random.Pick(s_numbers) },
        4 => frame with { Rest = [.. Enumerable.Repeat((byte)0xff, random.Next(1, 20))] }, // a number without an end
        5 => frame with { Rest = [0x83, 0x80, 0x00, .. Noise()] }, // one with more bytes than it needs
        6 => frame with { Headers = [.. Enumerable.Range(0, random.Next(1, 1200)).Select(i => KeyValuePair.Create($"{i}", ""))] },
        7 => frame with { Headers = [new(random.AnyText(), random.AnyText()), new("rpc-sent", "x"), new("", ""), new("CC", "x")] },
        8 => frame with { Flags = (byte)(frame.Flags | RawFrame.HasHeaders), Rest = [0, 0, 1, 0xe8, 0x07] }, // a thousand headers that are not there
        _ => frame with { Payload = Noise() },
    };

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Flipped(byte[] body, int count)
    {
        for (; count > 0; count--)
        {
            body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        }

        return body;
    }

    // Four bytes that may be a length: negative, huge, the body's own, off by one.
    private byte[] Patched(byte[] body)
    {
        var length = random.OneOf(-1, 0, 1, 2, int.MaxValue, int.MinValue, body.Length, body.Length - 1, random.Next(body.Length));
        BitConverter.TryWriteBytes(body.AsSpan(random.Next(Math.Max(1, body.Length - 4))), length);
        return body;
    }
}
