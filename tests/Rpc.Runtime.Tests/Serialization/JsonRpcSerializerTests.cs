using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

public sealed class JsonRpcSerializerTests
{
    private static readonly RpcContract s_contract = RpcContract<ISample>.Get();

    [Fact]
    public void Resolvers_AreAskedInOrderContractThenContextsThenTheUsersOwnThenReflection()
    {
        var asked = new List<string>();
        var user = new JsonSerializerOptions { TypeInfoResolver = new Recorder("user", asked) };
        var serializer = JsonRpcSerializer.Create(user, [new Recorder("first", asked), new Recorder("second", asked)]).ForContract(s_contract);

        Assert.Equal("{\"Name\":\"a\"}", Write(serializer, new Item { Name = "a" })); // known to reflection alone

        Assert.Equal(["first", "second", "user"], asked.Take(3));
    }

    [Fact]
    public void Types_of_the_contract_AreNotAskedOfContexts()
    {
        var asked = new List<string>();
        var serializer = JsonRpcSerializer.Create(null, [new Recorder("context", asked)]).ForContract(s_contract);

        Assert.Equal("{\"itemCount\":3}", Write(serializer, new SampleRpc.CountArgs(3)));

        Assert.Empty(asked);
    }

    [Fact]
    public void Users_options_AreCopiedAndNotChanged()
    {
        var user = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        user.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        var serializer = JsonRpcSerializer.Create(user, [new Recorder("context", [])]).ForContract(s_contract);
        Write(serializer, 1);

        Assert.False(user.IsReadOnly);
        Assert.Single(user.TypeInfoResolverChain);
        user.PropertyNamingPolicy = null; // too late for the serializer
        Assert.Equal("{\"name\":\"a\"}", Write(serializer, new Item { Name = "a" }));
    }

    [Fact]
    public void Options_that_are_in_use_already_CanBeGiven()
    {
        var user = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        Assert.Equal("{\"name\":null}", JsonSerializer.Serialize(new Item(), user));
        Assert.True(user.IsReadOnly);

        Assert.Equal("{\"itemCount\":3}", Write(JsonRpcSerializer.Create(user, []).ForContract(s_contract), new SampleRpc.CountArgs(3)));
    }

    [Fact]
    public void Naming_policy_TouchesPayloadsAndNotArguments()
    {
        var serializer = JsonRpcSerializer.Create(new JsonSerializerOptions(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper }, [])
            .ForContract(s_contract);

        Assert.Equal("{\"item\":{\"NAME\":\"a\"}}", Write(serializer, new SampleRpc.StoreArgs(new Item { Name = "a" })));
        Assert.Equal(5, serializer.Deserialize<SampleRpc.CountArgs>("{\"itemCount\":5}"u8.ToArray()).ItemCount);
        Assert.ThrowsAny<JsonException>(() => serializer.Deserialize<SampleRpc.CountArgs>("{\"ITEM-COUNT\":5}"u8.ToArray()));

        // Not even where the options compare names of properties without case.
        Assert.ThrowsAny<JsonException>(() => serializer.Deserialize<SampleRpc.CountArgs>("{\"ItemCount\":5}"u8.ToArray()));
    }

    [Fact]
    public void Default_options_KeepTextReadableAndNumbersWhole()
    {
        var serializer = JsonRpcSerializer.Create(null, []).ForContract(s_contract);
        Assert.Equal("\"ä € <>&'+ \\\" \\\\ \\n\"", Write(serializer, "ä € <>&'+ \" \\ \n"));
        Assert.Equal("\"\\uD83D\\uDE00\"", Write(serializer, "😀")); // beyond U+FFFF the library has no choice
        Assert.Equal("[\"NaN\",\"Infinity\",\"-Infinity\",-0,1E+300]", Write(serializer, new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e300 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fields_and_tuples_inside_payloads_TravelWhateverTheOptionsSay(bool own)
    {
        var user = own ? new JsonSerializerOptions { IncludeFields = false } : null;
        var serializer = JsonRpcSerializer.Create(user, []).ForContract(s_contract);
        var json = Write(serializer, new Fields { Count = 1, Pair = (2, "b"), Pairs = [(3, 4), null] });

        Assert.Equal("{\"Pair\":{\"Item1\":2,\"Item2\":\"b\"},\"Pairs\":[{\"Item1\":3,\"Item2\":4},null],\"Count\":1}", json);
        var copy = serializer.Deserialize<Fields>(Encoding.UTF8.GetBytes(json));
        Assert.Equal((1, (2, "b")), (copy.Count, copy.Pair));
        Assert.Equal([(3, 4), null], copy.Pairs);
        Assert.False(user?.IncludeFields == true);
    }

    [Fact]
    public void Indentation_OfTheUsersOptionsIsKept()
    {
        var user = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" };
        Assert.Equal("{\n  \"itemCount\": 3\n}", Write(JsonRpcSerializer.Create(user, []).ForContract(s_contract), new SampleRpc.CountArgs(3)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Indentation_of_another_size_and_character_IsKeptToo()
    {
        var user = new JsonSerializerOptions { WriteIndented = true, NewLine = "\r\n", IndentSize = 1, IndentCharacter = '\t' };
        Assert.Equal("{\r\n\t\"itemCount\": 3\r\n}", Write(JsonRpcSerializer.Create(user, []).ForContract(s_contract), new SampleRpc.CountArgs(3)));
    }

    [Fact]
    public void Serializing_that_fails_DoesNotSpoilTheNext()
    {
        var serializer = JsonRpcSerializer.Create(null, []).ForContract(s_contract);
        Assert.Equal("1", Write(serializer, 1));
        using (var small = new PayloadWriter(10))
        {
            Assert.Throws<PayloadTooLargeException>(() => serializer.Serialize(small, new string('x', 100)));
        }

        Assert.ThrowsAny<Exception>(() => Write(serializer, new Broken()));
        Assert.Equal("{\"itemCount\":3}", Write(serializer, new SampleRpc.CountArgs(3)));
    }

    [Fact]
    public void Many_threads_ShareOneSerializer()
    {
        var serializer = JsonRpcSerializer.Create(null, []).ForContract(s_contract);
        Parallel.For(0, 20_000, i => Assert.Equal($"{{\"itemCount\":{i}}}", Write(serializer, new SampleRpc.CountArgs(i))));
    }

    [Fact]
    public void Detail_IsWrittenAsWhatItIs()
    {
        var output = new ArrayBufferWriter<byte>();
        JsonRpcSerializer.Create(null, []).ForContract(s_contract).SerializeDetail(output, new Item { Name = "a" });
        Assert.Equal("{\"Name\":\"a\"}", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Write<T>(IRpcSerializer serializer, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        serializer.Serialize(output, value);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class Recorder(string name, List<string> asked) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            asked.Add(name);
            return null;
        }
    }

    private sealed class Fields
    {
        public int Count;

        public (int, string) Pair { get; set; }

        public IReadOnlyList<(int, int)?> Pairs { get; set; } = [];
    }

    private sealed class Broken
    {
        public int Fine { get; } = 1;

        public int Bad => Fine > 0 ? throw new InvalidOperationException("no value") : Fine;
    }
}
