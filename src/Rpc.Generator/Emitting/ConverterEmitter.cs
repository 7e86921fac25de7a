using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints a JSON converter that writes and reads a struct's members by name, whatever naming policy the options have.</summary>
internal static class ConverterEmitter
{
    private const string Json = "global::System.Text.Json.";
    private const string Type = "global::System.Type";

    public static void Emit(SourceWriter writer, ConverterModel converter)
    {
        // private sealed class FibArgsConverter : global::System.Text.Json.Serialization.JsonConverter<FibRpc.FibArgs>
        // {
        //     private static readonly global::System.Text.Json.JsonEncodedText s_n = global::System.Text.Json.JsonEncodedText.Encode("n");
        //     … metadata of members that are not written directly …
        //     … Write …
        //     … Read …
        // }
        using var type = writer.Braces($"private sealed class {converter.Name} : {Json}Serialization.JsonConverter<{converter.Type}>");
        EmitFields(writer, converter);
        EmitWrite(writer, converter);
        writer.Blank();
        EmitRead(writer, converter);
    }

    private static void EmitFields(SourceWriter writer, ConverterModel converter)
    {
        // private static readonly global::System.Text.Json.JsonEncodedText s_names = global::System.Text.Json.JsonEncodedText.Encode("names");
        //
        // // Found on first use, when the options are complete. A converter serves one options instance.
        // private global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<string[]>? _namesInfo;
        foreach (var member in converter.Members)
        {
            writer.Lines($"private static readonly {Json}JsonEncodedText s_{member.Name} = {Json}JsonEncodedText.Encode({Literal.Of(member.Name)});");
        }

        var resolved = converter.Members.Where(static member => member.Codec.Form == JsonForm.Metadata).ToArray();
        if (resolved.Length > 0)
        {
            writer.Lines("\n// Found on first use, when the options are complete. A converter serves one options instance.");
        }

        foreach (var member in resolved)
        {
            writer.Lines($"private {Json}Serialization.Metadata.JsonTypeInfo<{member.Type}>? _{member.Name}Info;");
        }

        if (converter.Members.Count > 0)
        {
            writer.Blank();
        }
    }

    private static void EmitWrite(SourceWriter writer, ConverterModel converter)
    {
        // public override void Write(Utf8JsonWriter writer, FibRpc.FibArgs value, JsonSerializerOptions options)
        // {
        //     writer.WriteStartObject();
        //     writer.WritePropertyName(s_n);
        //     writer.WriteNumberValue(value.N);
        //     writer.WriteEndObject();
        // }
        using var body = writer.Braces(
            $"public override void Write({Json}Utf8JsonWriter writer, {converter.Type} value, {Json}JsonSerializerOptions options)");
        writer.Lines("writer.WriteStartObject();");
        foreach (var member in converter.Members)
        {
            writer.Lines($"""
                writer.WritePropertyName(s_{member.Name});
                {ValueCode.Write(member)};
                """);
        }

        writer.Lines("writer.WriteEndObject();");
    }

    private static void EmitRead(SourceWriter writer, ConverterModel converter)
    {
        // public override FibRpc.FibArgs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        // {
        //     if (reader.TokenType != JsonTokenType.StartObject)
        //     {
        //         throw RpcJson.NotAnObject(reader.TokenType);
        //     }
        //
        //     … locals, loop …
        //     return new(
        //         nSeen ? nValue : throw RpcJson.MissingArgument("n"));
        // }
        using var body = writer.Braces(
            $"public override {converter.Type} Read(ref {Json}Utf8JsonReader reader, {Type} typeToConvert, {Json}JsonSerializerOptions options)");
        writer.Lines($$"""
            if (reader.TokenType != {{Json}}JsonTokenType.StartObject)
            {
                throw global::Rpc.RpcJson.NotAnObject(reader.TokenType);
            }

            """);
        foreach (var member in converter.Members)
        {
            writer.Lines(Local(member));
        }

        EmitGuardedLoop(writer, converter);
        var values = converter.Members.Select(static member => "\n    " + Value(member));

        // A tuple of one has no literal, and one of more than seven no constructor that takes them all.
        writer.Lines($"return {(converter.IsTuple && converter.Members.Count > 1 ? "" : "new")}({string.Join(",", values)});");
    }

    private static void EmitGuardedLoop(SourceWriter writer, ConverterModel converter)
    {
        // string? argument = null;
        // try
        // {
        //     … loop …
        // }
        // catch (global::System.Exception exception) when (global::Rpc.RpcJson.IsUnreadable(argument, exception))
        // {
        //     throw global::Rpc.RpcJson.UnreadableArgument(argument, exception);
        // }
        if (!NamesArgument(converter))
        {
            EmitLoop(writer, converter);
            writer.Blank();
            return;
        }

        writer.Lines("string? argument = null;");
        using (writer.Braces("try"))
        {
            EmitLoop(writer, converter);
        }

        writer.Lines("""
            catch (global::System.Exception exception) when (global::Rpc.RpcJson.IsUnreadable(argument, exception))
            {
                throw global::Rpc.RpcJson.UnreadableArgument(argument, exception);
            }

            """);
    }

    /// <summary>A tuple's items have no names that a caller knows; the argument that holds the tuple has one.</summary>
    private static bool NamesArgument(ConverterModel converter) => !converter.IsTuple && converter.Members.Count > 0;

    private static void EmitLoop(SourceWriter writer, ConverterModel converter)
    {
        // while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        // {
        //     if (reader.ValueTextEquals("n"u8))
        //     {
        //         RpcJson.ReadNonNull(ref reader, "n");
        //         argument = "n";
        //         nValue = reader.GetInt32();
        //         nSeen = true;
        //     }
        //     else
        //     {
        //         reader.Skip();
        //     }
        //
        //     argument = null;
        // }
        using (writer.Braces($"while (reader.Read() && reader.TokenType == {Json}JsonTokenType.PropertyName)"))
        {
            foreach (var member in converter.Members)
            {
                using (writer.Braces($"{(member == converter.Members[0] ? "" : "else ")}if (reader.ValueTextEquals({Literal.Of(member.Name)}u8))"))
                {
                    writer.Lines(Next(member) + ";");
                    if (NamesArgument(converter))
                    {
                        writer.Lines($"argument = {Literal.Of(member.Name)};");
                    }

                    writer.Lines($"{member.Name}Value = {ValueCode.Read(member)};");
                    if (member.Default is null)
                    {
                        writer.Lines($"{member.Name}Seen = true;");
                    }
                }
            }

            writer.Lines(converter.Members.Count == 0 ? "reader.Skip();" : "else\n{\n    reader.Skip();\n}");
            if (NamesArgument(converter))
            {
                writer.Lines("\nargument = null;");
            }
        }
    }

    private static string Next(ArgumentModel member) => member.RejectsNull
        ? $"global::Rpc.RpcJson.ReadNonNull(ref reader, {Literal.Of(member.Name)})"
        : "reader.Read()";

    /// <summary>A local's name ends in Value or Seen, which no name used beside it does, so that a parameter may have any name.</summary>
    private static string Local(ArgumentModel member) => member.Default is null
        ? $"{member.Type} {member.Name}Value = default{(member.ForgivesNull ? "!" : "")};\nbool {member.Name}Seen = false;"
        : $"{member.Type} {member.Name}Value = {member.Default}{(member.ForgivesNull && member.Default == "default" ? "!" : "")};";

    private static string Value(ArgumentModel member) => member.Default is null
        ? $"{member.Name}Seen ? {member.Name}Value : throw global::Rpc.RpcJson.MissingArgument({Literal.Of(member.Name)})"
        : $"{member.Name}Value";
}
