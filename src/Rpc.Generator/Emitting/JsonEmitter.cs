using System.Collections.Generic;
using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints the resolver that knows a contract's own types, so that they need no reflection.</summary>
internal static class JsonEmitter
{
    private const string Metadata = "global::System.Text.Json.Serialization.Metadata.";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>JSON of the arguments of <see cref="global::Samples.Fib.IFib"/>, and of the well-known types that it uses.</summary>
        // [GeneratedCode, EditorBrowsable]
        // internal sealed class FibJson : global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver
        // {
        //     … GetTypeInfo …
        //     … a converter for each arguments struct and tuple …
        // }
        using var type = writer.Braces($"""
            /// <summary>JSON of the arguments of <see cref="{contract.Type}"/>, and of the well-known types that it uses.</summary>
            {Code.Hidden(contract)}
            internal sealed class {contract.Names.Json} : {Metadata}IJsonTypeInfoResolver
            """);
        var converters = Converters(contract).ToArray();
        EmitGetTypeInfo(writer, contract, converters);
        foreach (var converter in converters)
        {
            writer.Blank();
            ConverterEmitter.Emit(writer, converter);
        }
    }

    private static void EmitGetTypeInfo(SourceWriter writer, ContractModel contract, ConverterModel[] converters)
    {
        // public global::….JsonTypeInfo? GetTypeInfo(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options) =>
        //     type == typeof(FibRpc.FibArgs) ? global::Rpc.RpcJson.Arguments(options, new FibArgsConverter()) :
        //     type == typeof(long) ? global::Rpc.RpcJson.Value(options, global::….JsonMetadataServices.Int64Converter) :
        //     type == typeof(long[]) ? global::Rpc.RpcJson.Array<long>(options) :
        //     null;
        writer.Lines($"""
            /// <inheritdoc/>
            public {Metadata}JsonTypeInfo? GetTypeInfo(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options) =>
            """);
        using var expression = writer.Indented();
        foreach (var converter in converters)
        {
            writer.Lines($"type == typeof({converter.Type}) ? global::Rpc.RpcJson.Arguments(options, new {converter.Name}()) :");
        }

        foreach (var model in contract.JsonTypes.Where(static model => model.Tuple.Count == 0))
        {
            writer.Lines($"type == typeof({model.Type}) ? global::Rpc.RpcJson.{Factory(model)} :");
        }

        writer.Lines("null;");
    }

    private static string Factory(JsonTypeModel model) => model.Converter is null
        ? $"{model.Factory}<{model.TypeArguments}>(options)"
        : $"{model.Factory}(options, {Metadata}JsonMetadataServices.{model.Converter})";

    private static IEnumerable<ConverterModel> Converters(ContractModel contract) => contract.Methods
        .Select(method => new ConverterModel(method.Args + "Converter", $"{contract.Names.Rpc}.{method.Args}", method.Arguments, IsTuple: false))
        .Concat(contract.JsonTypes
            .Where(static model => model.Tuple.Count > 0)
            .Select(static (model, index) => new ConverterModel($"Tuple{index + 1}Converter", model.Type, model.Tuple, IsTuple: true)));
}
