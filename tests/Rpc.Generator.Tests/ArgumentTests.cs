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

    private static CatalogRpc.FindArgs Read(string json) => JsonSerializer.Deserialize(json, RpcJson.TypeInfo<CatalogRpc.FindArgs>(s_options));
}
