using System.Text.Json;
using System.Text.Json.Serialization;
using Rpc.Generator.Tests.Contracts;

namespace Rpc.Generator.Tests;

/// <summary>What a server makes of arguments that another program, or another version of the contract, has written.</summary>
public sealed class ArgumentTests
{
    private static readonly JsonSerializerOptions s_options = RoundTripTests.Options(RpcContract<ICatalog>.Get());

    [Theory]
    [InlineData("""{"code":"a"}""")]
    [InlineData("""{"shop":"main","code":"a","page":3}""")]
    [InlineData("""{"later":{"added":[1,{"code":"x"}]},"code":"a","alsoLater":null}""")]
    [InlineData("""{"Code":"A","CODE":"B","code":"a"}""")]
    [InlineData("""{"code":"first","code":"a"}""")]
    [InlineData(""" { "co\u0064e" : "a" } """)]
    public void Missing_optional_and_unknown_members_do_no_harm(string json) => Assert.Equal(new CatalogRpc.FindArgs("a", 3, "main"), Read(json));

    [Fact]
    public void Null_is_read_where_the_contract_allows_it() => Assert.Equal(new CatalogRpc.FindArgs("a", 3, null), Read("""{"code":"a","shop":null}"""));

    [Fact]
    public void Params_are_optional() =>
        Assert.Empty(JsonSerializer.Deserialize("{}", RpcJson.TypeInfo<CatalogRpc.CountArgs>(s_options)).Codes);

    [Theory]
    [InlineData("{}", "The argument 'code' is missing.")]
    [InlineData("""{"CODE":"a"}""", "The argument 'code' is missing.")]
    [InlineData("""{"code":null}""", "The argument 'code' must not be null.")]
    [InlineData("""{"code":"a","page":null}""", "The argument 'page' must not be null.")]
    [InlineData("30", "The arguments must be a JSON object, and a Number was found.")]
    [InlineData("[]", "The arguments must be a JSON object, and a StartArray was found.")]
    [InlineData("\"\"", "The arguments must be a JSON object, and a String was found.")]
    public void Error_says_what_is_wrong(string json, string message) => Assert.Equal(message, Assert.Throws<JsonException>(() => Read(json)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"code":"a" """)]
    [InlineData("""{"code":"a"} x""")]
    [InlineData("""{"code":5}""")]
    [InlineData("""{"code":"a","page":"3"}""")]
    [InlineData("""{"code":"a","page":3.5}""")]
    [InlineData("""{"code":"a","page":99999999999}""")]
    public void Anything_else_is_a_JSON_error(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Theory]
    [InlineData("""{"code":5}""", "code", "Number")]
    [InlineData("""{"page":"3","code":"a"}""", "page", "String")]
    [InlineData("""{"code":"a","page":3.5}""", "page", "Int32")]
    [InlineData("""{"code":"a","page":99999999999}""", "page", "Int32")]
    [InlineData("""{"code":["a"]}""", "code", "StartArray")]
    public void Value_of_another_type_is_told_with_the_argument_and_with_what_it_was(string json, string argument, string found)
    {
        var error = Assert.Throws<JsonException>(() => Read(json));

        Assert.StartsWith($"The argument '{argument}' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_inside_a_value_says_both_the_argument_and_the_place_in_it()
    {
        var error = Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize("""{"prices":[1,"x"]}""", RpcJson.TypeInfo<CatalogRpc.SumArgs>(s_options)));

        Assert.StartsWith("The argument 'prices' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("$[1]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"a",}""")]
    [InlineData("""{"code":"a" "page":3}""")]
    public void Error_between_two_arguments_is_blamed_on_neither(string json) =>
        Assert.DoesNotContain("argument", Assert.ThrowsAny<JsonException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Naming_policy_and_ignored_nulls_do_not_touch_arguments()
    {
        var options = new JsonSerializerOptions(s_options)
        {
            PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        };

        Assert.Equal(
            """{"code":"a","page":0,"shop":null}""",
            JsonSerializer.Serialize(new CatalogRpc.FindArgs("a", 0, null), RpcJson.TypeInfo<CatalogRpc.FindArgs>(options)));
    }

    /// <summary>See docs/decisions/0006-json-of-arguments.md.</summary>
    [Fact]
    public void Converters_and_number_handling_do_not_touch_primitive_arguments_but_reach_into_collections()
    {
        var options = new JsonSerializerOptions(s_options) { Converters = { new Shouting() }, NumberHandling = JsonNumberHandling.WriteAsString };

        Assert.Equal(
            """{"code":"a","page":3,"shop":"b"}""",
            JsonSerializer.Serialize(new CatalogRpc.FindArgs("a", 3, "b"), RpcJson.TypeInfo<CatalogRpc.FindArgs>(options)));
        Assert.Equal("""{"codes":["A"]}""", JsonSerializer.Serialize(new CatalogRpc.CountArgs(["a"]), RpcJson.TypeInfo<CatalogRpc.CountArgs>(options)));
        Assert.Equal("\"A\"", JsonSerializer.Serialize("a", RpcJson.TypeInfo<string>(options)));
    }

    private sealed class Shouting : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUpperInvariant());
    }

    private static CatalogRpc.FindArgs Read(string json) => JsonSerializer.Deserialize(json, RpcJson.TypeInfo<CatalogRpc.FindArgs>(s_options));
}
