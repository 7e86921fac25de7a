using RabbitMQ.Client;

namespace Rpc.TestKit.Fuzz;

/// <summary>Tables of headers with every type that AMQP has, and with the names that the wire and the broker give a meaning.</summary>
/// <param name="random">Makes the choices.</param>
public sealed class HostileHeaders(Random random)
{
    private static readonly string[] s_names =
    [
        "rpc-sent", "rpc-attempt", "rpc-deliveries", "rpc-unknown", "x-delivery-count", "x-acquired-count", "x-first-death-queue", "traceparent", "tenant", "", "\n", "ünïcödé 😀",
    ];

    /// <summary>The next table; most messages have none.</summary>
    public Dictionary<string, object?>? Next()
    {
        if (random.Next(3) != 0)
        {
            return null;
        }

        var table = new Dictionary<string, object?>();
        for (var i = random.Next(100) == 0 ? 300 : random.Next(5); i > 0; i--)
        {
            table[random.Next(3) == 0 ? random.AnyText() : random.Pick(s_names)] = Value(depth: 0);
        }

        if (random.Next(10) == 0)
        {
            table["x-death"] = random.Next(2) == 0 ? Value(depth: 0) : new List<object?> { new Dictionary<string, object?> { ["count"] = 1L, ["reason"] = "rejected", ["queue"] = "q" } };
        }

        return table;
    }

    private object? Value(int depth) => random.Next(depth > 5 ? 15 : 17) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => (byte)random.Next(256),
        3 => (sbyte)random.Next(-128, 128),
        4 => (short)random.Next(short.MinValue, short.MaxValue),
        5 => (ushort)random.Next(ushort.MaxValue),
        6 => random.Next(int.MinValue, int.MaxValue),
        7 => (uint)random.NextInt64(uint.MaxValue),
        8 => random.OneOf(long.MinValue, long.MaxValue, -1L, 0L, 1L, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), random.NextInt64()),
        9 => random.NextDouble() * random.Next(),
        10 => (float)random.NextDouble(),
        11 => (decimal)random.Next(),
        12 => new AmqpTimestamp(random.NextInt64()),
        13 => random.Next(50) == 0 ? new string('x', 20_000) : random.AnyText(),
        14 => new BinaryTableValue([0xff, 0xfe, 0x00]),
        15 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)).ToList(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(static i => $"k{i}", _ => Value(depth + 1)),
    };
}
