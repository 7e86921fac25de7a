using System.Text;
using RabbitMQ.Client;
using Rpc.Transport;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>Every kind of value that AMQP has, as the library gives it, and what becomes of it.</summary>
public sealed class HeaderTableTests
{
    public static TheoryData<string, string?> Texts => new(Values.Select(static value => (value.Name, value.Text)));

    public static TheoryData<string, long?> Numbers => new(Values.Select(static value => (value.Name, value.Number)));

    private static (string Name, object? Value, string? Text, long? Number)[] Values =>
    [
        ("S long string", "ä"u8.ToArray(), "ä", null),
        ("S not UTF-8", new byte[] { 0xFF }, "\ufffd", null),
        ("S empty", Array.Empty<byte>(), "", null),
        ("text", "a", "a", null),
        ("t truth", true, "true", null),
        ("t untruth", false, "false", null),
        ("b signed byte", (sbyte)-2, "-2", -2),
        ("B byte", (byte)2, "2", 2),
        ("s short", (short)-2, "-2", -2),
        ("u unsigned short", (ushort)2, "2", 2),
        ("I int", -2, "-2", -2),
        ("i unsigned int", 2u, "2", 2),
        ("l long", long.MinValue, "-9223372036854775808", long.MinValue),
        ("unsigned long", ulong.MaxValue, "18446744073709551615", null),
        ("small unsigned long", 2ul, "2", 2),
        ("f float", 0.5f, "0.5", null),
        ("d double", 1e300, "1E+300", null),
        ("D decimal", 1.10m, "1.10", null),
        ("T time", new AmqpTimestamp(951_782_400), "951782400", null),
        ("A list", new List<object?> { 1 }, null, null),
        ("F table", new Dictionary<string, object?>(), null, null),
        ("x bytes", new BinaryTableValue([1]), null, null),
        ("V nothing", null, null, null),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Header_IsReadAsText(string name, string? text)
    {
        var read = HeaderTable.Read(new Dictionary<string, object?> { ["a"] = Value(name) });

        Assert.Equal(text, read?["a"]);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Header_of_the_wire_IsReadAsANumber(string name, long? number)
    {
        Assert.Equal(number, HeaderTable.Number(new Dictionary<string, object?> { ["rpc-sent"] = Value(name) }, "rpc-sent"));
        Assert.Null(HeaderTable.Number(new Dictionary<string, object?> { ["other"] = Value(name) }, "rpc-sent"));
        Assert.Null(HeaderTable.Number(null, "rpc-sent"));
    }

    [Fact]
    public void Headers_of_the_wire_AreNotTheProgramsBusiness()
    {
        var table = new Dictionary<string, object?> { ["rpc-sent"] = 1L, ["rpc-later"] = "a", ["tenant"] = "blue", ["list"] = new List<object?>() };

        Assert.Equal([new KeyValuePair<string, string>("tenant", "blue")], HeaderTable.Read(table)!);
        Assert.Null(HeaderTable.Read(new Dictionary<string, object?> { ["rpc-sent"] = 1L }));
        Assert.Null(HeaderTable.Read(null));
    }

    [Fact]
    public void Request_WritesWhatThereIsToCarry()
    {
        Assert.Null(HeaderTable.Write(null, null, 1));
        Assert.Null(HeaderTable.Write(new RpcHeaders()));

        var written = HeaderTable.Write(new RpcHeaders { { "a", "1" } }, 5, 2)!;
        Assert.Equal((3, 5L, 2, "1"), (written.Count, written["rpc-sent"], written["rpc-attempt"], written["a"]));
    }

    [Fact]
    public void Copy_of_a_request_LosesWhatTheBrokerWroteAndWhatWouldMakeItSendCopies()
    {
        var original = new Dictionary<string, object?>
        {
            ["CC"] = new List<object?> { "elsewhere"u8.ToArray() },
            ["BCC"] = new List<object?>(),
            ["x-death"] = new List<object?>(),
            ["x-first-death-queue"] = "q",
            ["x-delivery-count"] = 0L,
            ["rpc-deliveries"] = 1,
            ["tenant"] = "blue",
        };
        var copy = HeaderTable.ForCopy(original, deliveries: 2);

        Assert.Equal([("rpc-deliveries", 2), ("tenant", "blue")], copy.Select(static header => (header.Key, header.Value!)).OrderBy(static header => header.Key, StringComparer.Ordinal));
        Assert.Equal(7, original.Count);
        Assert.Equal(["rpc-deliveries"], HeaderTable.ForCopy(null, 1).Keys);
    }

    private static object? Value(string name) => Values.Single(value => value.Name == name).Value;
}
