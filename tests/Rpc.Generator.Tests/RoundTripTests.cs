using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>
/// Arguments of every supported type, there and back through the contract's own JSON and nothing else: the options have no resolver that uses
/// reflection.
/// </summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Arguments_of_every_supported_type_come_back_as_they_were()
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(ProjectFiles.ReadSource("IEverything.cs")).AssertClean());
        var contract = loaded.Get("Shop.IEverything");
        var checks = contract.Methods.Sum(method => RoundTripAll(method, Options(contract)));

        // Some 90 parameters with two to eight values each; far fewer would mean that the loops above went past them.
        Assert.True(checks > 250, $"Only {checks} values were compared.");
    }

    [Fact]
    public void Null_comes_back_where_the_contract_allows_it()
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(ProjectFiles.ReadSource("IEverything.cs")));
        var contract = loaded.Get("Shop.IEverything");
        var method = contract.Methods.Single(static method => method.Name == "Nullables");
        var constructor = Constructor(method);
        var arguments = constructor.Invoke(new object?[constructor.GetParameters().Length]);

        var json = JsonSerializer.Serialize(arguments, arguments.GetType(), Options(contract));

        Assert.Equal("""{"text":null,"uri":null,"version":null,"bytes":null,"color":null,"int32":null,"double":null,"array":null}""", json);
        Assert.Equal(arguments, JsonSerializer.Deserialize(json, arguments.GetType(), Options(contract)));
    }

    [Fact]
    public void Results_have_metadata_too()
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(ProjectFiles.ReadSource("IEverything.cs")));
        var contract = loaded.Get("Shop.IEverything");
        var results = contract.Methods
            .Select(static method => method.GetType().GetGenericArguments()[1])
            .Where(static type => type != typeof(RpcVoid))
            .ToArray();

        Assert.Equal(7, results.Length);
        Assert.All(results, type =>
        {
            foreach (var value in EdgeValues.Of(type))
            {
                AssertRoundTrip(type, value, Options(contract));
            }
        });
    }

    [Fact]
    public void Types_of_the_users_own_are_left_to_the_users_context()
    {
        var run = ContractCompiler.Generate(ContractCompiler.Usings + """
            public sealed record Order(int Id);

            [RpcService]
            public interface IOrders
            {
                Task<List<Order>> Find(Order like);
            }
            """).AssertClean();
        using var loaded = new LoadedContracts(run);
        var types = loaded.Get("IOrders").JsonTypes;

        Assert.Null(types.GetTypeInfo(loaded.Type("Order"), new JsonSerializerOptions()));
        Assert.Null(types.GetTypeInfo(typeof(Guid), new JsonSerializerOptions()));
    }

    internal static JsonSerializerOptions Options(RpcContract contract) => new()
    {
        TypeInfoResolver = contract.JsonTypes,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The n-th call has the n-th edge value of every parameter, from the start again where a type has fewer.</summary>
    private static int RoundTripAll(RpcMethod method, JsonSerializerOptions options)
    {
        var constructor = Constructor(method);
        var edges = constructor.GetParameters().Select(static parameter => EdgeValues.Of(parameter.ParameterType)).ToArray();
        var rounds = edges.Select(static values => values.Count).DefaultIfEmpty(1).Max();
        for (var round = 0; round < rounds; round++)
        {
            var values = edges.Select(edge => edge[round % edge.Count]).ToArray();
            AssertRoundTrip(constructor.DeclaringType!, constructor.Invoke(values), options);
        }

        return rounds * Math.Max(1, edges.Length);
    }

    private static void AssertRoundTrip(Type type, object? value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.Serialize(value, type, options);
        var copy = JsonSerializer.Deserialize(json, type, options);
        Assert.Equal(Parts(type, value), Parts(type, copy));
    }

    /// <summary>The properties of an arguments struct one by one, so that a difference names its parameter; any other value as a whole.</summary>
    private static string[] Parts(Type type, object? value) => type.Name.EndsWith("Args", StringComparison.Ordinal)
        ? [.. type.GetProperties().Select(property => $"{property.Name} = {EdgeValues.Show(property.GetValue(value))}")]
        : [EdgeValues.Show(value)];

    private static ConstructorInfo Constructor(RpcMethod method) => Assert.Single(method.GetType().GetGenericArguments()[0].GetConstructors());
}
