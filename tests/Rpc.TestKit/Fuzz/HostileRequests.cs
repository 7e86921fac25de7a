using RabbitMQ.Client;

namespace Rpc.TestKit.Fuzz;

/// <summary>Requests with every property missing, wrong, odd or as it should be.</summary>
/// <param name="random">Makes the choices.</param>
/// <param name="replyQueues">Queues that exist, to which replies may go.</param>
public sealed class HostileRequests(Random random, IReadOnlyList<string> replyQueues)
{
    private static readonly string[] s_methods = ["Echo", "Add", "Nest", "Count", "Nothing", "Note", "NoteAgain", "echo", "Unknown", "", "Echo/Echo", "Add\n2025 [ERR] forged"];

    private static readonly string[] s_contentTypes =
    [
        "application/json", "application/json", "application/json", "APPLICATION/JSON; charset=utf-8", "text/plain", "", ";", "application/vnd.rpc-fault+json", "application/vnd.rpc-working",
        "application/vnd.rpc-marker", "application/vnd.rpc-cancel", "application/vnd.rpc-batch", "\0",
    ];

    private static readonly string[] s_encodings = ["", "identity", "UTF-8", "gzip", "br", "\n"];
    private static readonly string[] s_programs = ["rpc/1", "rpc/1", "rpc/2", "", "x"];

    private readonly HostileBodies _bodies = new(random);
    private readonly HostileHeaders _headers = new(random);
    private int _number;

    /// <summary>The next request.</summary>
    public HostileMessage Next()
    {
        var number = _number++;
        var expiration = Expiration();
        var program = random.Next(3) == 0 ? random.Pick(s_programs) : null;
        var properties = new BasicProperties
        {
            CorrelationId = program == "rpc/1" ? $"n{number}" : CorrelationId(number), // callers of our kind never use one twice
            ReplyTo = random.Next(4) == 0 ? Address() : random.Pick(replyQueues),
            Type = random.Next(10) == 0 ? random.Sometimes(random.AnyText) : $"{(random.Next(20) == 0 ? "another" : IFuzzed.WireName)}/{random.Pick(s_methods)}",
            ContentType = random.Sometimes(() => random.Pick(s_contentTypes)),
            ContentEncoding = random.Next(10) == 0 ? random.Pick(s_encodings) : null,
            AppId = program,
            Expiration = expiration,
            MessageId = random.Next(10) == 0 ? random.AnyText() : null,
            Headers = _headers.Next(),
        };
        if (random.Next(10) == 0)
        {
            properties.Priority = (byte)random.Next(256);
            properties.Timestamp = new AmqpTimestamp(random.NextInt64());
            properties.DeliveryMode = random.OneOf(DeliveryModes.Persistent, DeliveryModes.Transient);
        }

        if (random.Next(4) == 0)
        {
            // One of which only the addressing and the headers are odd, so that it gets as far as the service.
            (properties.Type, properties.ContentType, properties.ContentEncoding) = ($"{IFuzzed.WireName}/Echo", null, null);
            return new HostileMessage(properties, _bodies.NextCall()) { MayExpire = expiration is { Length: < 5 } };
        }

        return new HostileMessage(properties, _bodies.Next()) { MayExpire = expiration is { Length: < 5 } };
    }

    // The number makes most of them unique, so that a reply too many is seen; some are the same as others'.
    private string? CorrelationId(int number) => random.Next(12) switch
    {
        0 => null,
        1 => "",
        2 => "same",
        3 => $"{number}{random.AnyText()}",
        4 => $"{new string('x', 240)}{number}",
        5 => $"{new string('A', 22)}.{number:x}", // as our own clients have them
        _ => $"n{number}",
    };

    private string? Address() => random.Next(14) switch
    {
        0 or 1 => null,
        2 => "",
        3 => "no.such.queue",
        4 => "amq.direct",
        5 => "amq.rabbitmq.reply-to",
        6 => "amq.rabbitmq.reply-to.",
        7 => "amq.rabbitmq.reply-to.!!!.???",
        8 => $"amq.rabbitmq.reply-to.{Base64(first: (byte)random.Next(131))}.{Base64(first: 1)}", // a process begins with 131
        9 => $"amq.rabbitmq.{random.AnyText()}",
        10 => new string('a', 255),
        11 => $"{random.Pick(replyQueues)} ",
        12 => random.Pick(replyQueues) + "\0",
        _ => random.AnyText(),
    };

    private string Base64(byte first)
    {
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        bytes[0] = first;
        return Convert.ToBase64String(bytes);
    }

    private string? Expiration() => random.Next(12) switch
    {
        0 => "60000",
        1 => "4294967295",
        2 => "86400001",
        3 => random.Next(1, 50).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
