using System.Text;
using RabbitMQ.Client;

namespace Rpc.TestKit.Fuzz;

/// <summary>Messages to a client's reply queue: replies to its calls, and what pretends to be one.</summary>
/// <param name="random">Makes the choices.</param>
/// <param name="callIds">The correlation ids of calls under way.</param>
public sealed class HostileReplies(Random random, IReadOnlyList<string> callIds)
{
    /// <summary>What is no reply: it ends no call and is not counted as one that nobody waits for.</summary>
    public static IReadOnlyList<string> Notices { get; } = ["application/vnd.rpc-working", "application/vnd.rpc-marker"];

    private static readonly string[] s_contentTypes =
    [
        "application/json", "application/json", "application/vnd.rpc-fault+json", "application/vnd.rpc-fault+json", "APPLICATION/VND.RPC-FAULT+JSON;x", "text/plain", "", "\0", "application/vnd.rpc-cancel",
        "application/vnd.rpc-batch", .. Notices,
    ];

    private static readonly string[] s_faults =
    [
        """{"status":"NotFound","mayHaveRun":true,"message":"m"}""", """{"status":"Ok","reason":"None"}""", """{"status":"1","reason":"2"}""", """{"status":"NotFound, Internal"}""", """{"status":null}""",
        """{"status":"Unavailable","reason":"NoServer","mayHaveRun":"no","message":7}""", """{"status":"Internal","detail":{"a":[1,2]}}""", """{"status":"Internal","detail":"AAEC","detailType":"x/y"}""",
        """{"status":"Internal","detail":"***","detailType":"x/y"}""", """{"status":"Internal","message":"\ud800"}""", """{"status":"\ud800"}""", "[]", "7", "{}",
    ];

    private static readonly string[] s_encodings = ["", "identity", "gzip"];

    private readonly HostileBodies _bodies = new(random);
    private readonly HostileHeaders _headers = new(random);

    /// <summary>The next message.</summary>
    public HostileMessage Next()
    {
        var contentType = random.Sometimes(() => random.Pick(s_contentTypes));
        var properties = new BasicProperties
        {
            CorrelationId = CorrelationId(),
            ContentType = contentType,
            ContentEncoding = random.Next(10) == 0 ? random.Pick(s_encodings) : null,
            AppId = random.Next(2) == 0 ? "rpc/1" : random.Sometimes(random.AnyText),
            ReplyTo = random.Next(3) == 0 ? random.OneOf("", "rpc.instance.nobody", "amq.rabbitmq.reply-to.!!!.???", "no.such.queue", random.AnyText()) : null,
            Type = random.Sometimes(random.AnyText),
            Headers = _headers.Next(),
        };
        var body = contentType?.Contains("fault", StringComparison.OrdinalIgnoreCase) == true && random.Next(4) != 0 ? Encoding.UTF8.GetBytes(random.Pick(s_faults)) : _bodies.Next();
        return new HostileMessage(properties, body);
    }

    private string? CorrelationId()
    {
        var genuine = random.Pick(callIds);
        var dot = genuine.IndexOf('.', StringComparison.Ordinal);
        return random.Next(12) switch
        {
            0 => null,
            1 => "",
            2 => genuine[..dot],
            3 => genuine[(dot + 1)..],
            4 => $"{genuine[..(dot + 1)]}{random.NextInt64(0x1000_0000, long.MaxValue):x}",
            5 => $"{genuine[..(dot + 1)]}{random.AnyText()}",
            6 => $"{genuine[..(dot + 1)]}marker.{random.Next(10):x}",
            7 => $"{genuine[..(dot + 1)]}ffffffffffffffffffffffff",
            8 => $"{new string('A', dot)}{genuine[dot..]}",
            9 => random.AnyText(),
            _ => genuine,
        };
    }
}
