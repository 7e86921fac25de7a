using System.Text;

namespace Rpc.TestKit.Fuzz;

/// <summary>Bodies that are JSON, nearly JSON, and nothing of the kind.</summary>
/// <param name="random">Makes the choices.</param>
public sealed class HostileBodies(Random random)
{
    private static readonly string[] s_arguments =
    [
        """{"text":"hello"}""", """{"text":null}""", "{}", """{"left":1,"right":2}""", """{"left":2147483647,"right":9223372036854775807}""", """{"value":{"Next":{"Next":null}}}""",
        """{"numbers":{"a":[1,null,3]},"more":{"Item1":true,"Item2":"00112233-4455-6677-8899-aabbccddeeff"}}""", """{"line":"a line"}""", """{"line":"throw"}""", "[]", "null", "7", "\"text\"",
    ];

    private static readonly string[] s_oddities =
    [
        "", " ", "\0", "{", "}", "[", "{]", "nul", "tru", "NaN", "-", "1e999999", "{\"text\":\"\\ud800\"}", "{\"text\":\"\\", "{\"text\":1}", "{\"text\":{}}", "{\"left\":\"1\",\"right\":2}",
        "{\"left\":1e400,\"right\":2}", "{\"left\":1.5,\"right\":2}", "{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"a\"} trailing", "{\"text\":\"a\"}{\"text\":\"b\"}", "/* comment */{}", "{,}", "{\"text\":\"a\",}",
        "{\"$type\":\"System.Diagnostics.Process\"}", "{\"numbers\":{\"a\":null}}", "{\"numbers\":null}", "{\"TEXT\":\"case\"}", "\ufeff{}", "<xml/>", "{\"left\":99999999999999999999,\"right\":2}", "{\"value\":[]}",
    ];

    /// <summary>The next body.</summary>
    public byte[] Next() => random.Next(16) switch
    {
        < 5 => Encoding.UTF8.GetBytes(Arguments()),
        5 => Encoding.UTF8.GetBytes(random.Pick(s_oddities)),
        6 or 7 => Truncated(Encoding.UTF8.GetBytes(Arguments())),
        8 or 9 => Mutated(Encoding.UTF8.GetBytes(Arguments())),
        10 => Encoding.UTF8.GetBytes(Deep(random.Next(50, 100))), // around the limit, 64
        11 when random.Next(20) == 0 => Encoding.UTF8.GetBytes(Deep(random.Next(100, 10_000))),
        12 when random.Next(50) == 0 => new byte[random.Next(60_000, 150_000)], // around the limit of the fuzzed side
        13 => [],
        _ => RandomBytes(random.Next(200)),
    };

    /// <summary>The arguments of a call that the service takes, whatever it does then.</summary>
    public byte[] NextCall() => Encoding.UTF8.GetBytes($$"""{"text":"{{(random.Next(4) == 0 ? random.Pick(FuzzedService.Triggers) : "hello")}}"}""");

    private string Arguments() => random.Next(6) == 0 ? $$"""{"text":"{{random.Pick(FuzzedService.Triggers)}}"}""" : random.Pick(s_arguments);

    private byte[] Truncated(byte[] body) => body[..random.Next(body.Length + 1)];

    private byte[] Mutated(byte[] body)
    {
        for (var i = random.Next(1, 5); i > 0 && body.Length > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private string Deep(int depth)
    {
        var (open, close) = random.OneOf(("[", "]"), ("{\"Next\":", "}"), ("{\"value\":", "}"));
        var nested = string.Concat(Enumerable.Repeat(open, depth)) + "null" + (random.Next(4) == 0 ? "" : string.Concat(Enumerable.Repeat(close, depth)));
        return random.Next(2) == 0 ? nested : $$"""{"value":{{nested}}}""";
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
