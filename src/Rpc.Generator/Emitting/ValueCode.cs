using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints how one value is written to JSON and read from it.</summary>
internal static class ValueCode
{
    private const string Json = "global::System.Text.Json.";

    public static string Write(ArgumentModel member)
    {
        // writer.WriteNumberValue(value.N)
        // global::Rpc.RpcJson.WriteDouble(writer, value.X)
        // global::….JsonMetadataServices.TimeSpanConverter.Write(writer, value.Span, options)
        // global::System.Text.Json.JsonSerializer.Serialize(writer, value.Names, _namesInfo ??= global::Rpc.RpcJson.TypeInfo<string[]>(options))
        var value = "value." + member.Property;
        return member.Codec.Form switch
        {
            JsonForm.Boolean => $"writer.WriteBooleanValue({value})",
            JsonForm.Number => $"writer.WriteNumberValue({value})",
            JsonForm.Text => $"writer.WriteStringValue({value})",
            JsonForm.Float => $"global::Rpc.RpcJson.Write{member.Codec.Name}(writer, {value})",
            JsonForm.Converter => $"{Converter(member)}.Write(writer, {value}, options)",
            _ => $"{Json}JsonSerializer.Serialize(writer, {value}, {TypeInfo(member)})",
        };
    }

    public static string Read(ArgumentModel member)
    {
        // reader.GetInt32()
        // global::Rpc.RpcJson.ReadDouble(ref reader)
        // global::….JsonMetadataServices.TimeSpanConverter.Read(ref reader, typeof(global::System.TimeSpan), options)
        // global::System.Text.Json.JsonSerializer.Deserialize(ref reader, _namesInfo ??= global::Rpc.RpcJson.TypeInfo<string[]>(options))!
        var read = member.Codec.Form switch
        {
            JsonForm.Boolean or JsonForm.Number or JsonForm.Text => $"reader.Get{member.Codec.Name}()",
            JsonForm.Float => $"global::Rpc.RpcJson.Read{member.Codec.Name}(ref reader)",
            JsonForm.Converter => $"{Converter(member)}.Read(ref reader, typeof({member.Type.TrimEnd('?')}), options)",
            _ => $"{Json}JsonSerializer.Deserialize(ref reader, {TypeInfo(member)})",
        };
        return member.ForgivesNull ? read + "!" : read;
    }

    private static string Converter(ArgumentModel member) =>
        $"{Json}Serialization.Metadata.JsonMetadataServices.{member.Codec.Name}Converter";

    private static string TypeInfo(ArgumentModel member) => $"_{member.Name}Info ??= global::Rpc.RpcJson.TypeInfo<{member.Type}>(options)";
}
