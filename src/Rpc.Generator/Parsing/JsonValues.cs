using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>
/// The types that JSON has a value for, by the names that System.Text.Json gives them: <c>JsonMetadataServices.{Name}Converter</c>,
/// <c>Utf8JsonReader.Get{Name}</c>.
/// </summary>
internal static class JsonValues
{
    private static readonly Dictionary<SpecialType, JsonCodec> s_special = new()
    {
        [SpecialType.System_Boolean] = new(JsonForm.Boolean, "Boolean"),
        [SpecialType.System_SByte] = new(JsonForm.Number, "SByte"),
        [SpecialType.System_Byte] = new(JsonForm.Number, "Byte"),
        [SpecialType.System_Int16] = new(JsonForm.Number, "Int16"),
        [SpecialType.System_UInt16] = new(JsonForm.Number, "UInt16"),
        [SpecialType.System_Int32] = new(JsonForm.Number, "Int32"),
        [SpecialType.System_UInt32] = new(JsonForm.Number, "UInt32"),
        [SpecialType.System_Int64] = new(JsonForm.Number, "Int64"),
        [SpecialType.System_UInt64] = new(JsonForm.Number, "UInt64"),
        [SpecialType.System_Decimal] = new(JsonForm.Number, "Decimal"),
        [SpecialType.System_Single] = new(JsonForm.Float, "Single"),
        [SpecialType.System_Double] = new(JsonForm.Float, "Double"),
        [SpecialType.System_Char] = new(JsonForm.Converter, "Char"),
        [SpecialType.System_String] = new(JsonForm.Text, "String"),
        [SpecialType.System_DateTime] = new(JsonForm.Text, "DateTime"),
    };

    private static readonly Dictionary<string, JsonCodec> s_named = new()
    {
        ["System.Guid"] = new(JsonForm.Text, "Guid"),
        ["System.DateTimeOffset"] = new(JsonForm.Text, "DateTimeOffset"),
        ["System.DateOnly"] = new(JsonForm.Converter, "DateOnly"),
        ["System.TimeOnly"] = new(JsonForm.Converter, "TimeOnly"),
        ["System.TimeSpan"] = new(JsonForm.Converter, "TimeSpan"),
        ["System.Half"] = new(JsonForm.Converter, "Half"),
        ["System.Int128"] = new(JsonForm.Converter, "Int128"),
        ["System.UInt128"] = new(JsonForm.Converter, "UInt128"),
        ["System.Uri"] = new(JsonForm.Converter, "Uri"),
        ["System.Version"] = new(JsonForm.Converter, "Version"),
        ["System.Text.Json.JsonElement"] = new(JsonForm.Converter, "JsonElement"),
        ["System.Text.Json.JsonDocument"] = new(JsonForm.Converter, "JsonDocument"),
        ["System.Text.Json.Nodes.JsonNode"] = new(JsonForm.Converter, "JsonNode"),
        ["System.Text.Json.Nodes.JsonObject"] = new(JsonForm.Converter, "JsonObject"),
        ["System.Text.Json.Nodes.JsonArray"] = new(JsonForm.Converter, "JsonArray"),
        ["System.Text.Json.Nodes.JsonValue"] = new(JsonForm.Converter, "JsonValue"),
    };

    public static JsonCodec? Find(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => new JsonCodec(JsonForm.Converter, "ByteArray"),
        _ when s_special.TryGetValue(type.SpecialType, out var special) => special,
        INamedTypeSymbol { Arity: 1, TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } =>
            type.Is("System", "Memory", 1) ? new JsonCodec(JsonForm.Converter, "MemoryByte")
            : type.Is("System", "ReadOnlyMemory", 1) ? new JsonCodec(JsonForm.Converter, "ReadOnlyMemoryByte")
            : null,
        INamedTypeSymbol { Arity: 0, ContainingType: null } when s_named.TryGetValue(TypeText.WireName(type), out var named) => named,
        _ => null,
    };
}
