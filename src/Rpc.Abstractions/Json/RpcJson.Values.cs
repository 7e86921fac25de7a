using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Rpc;

/// <content>Values for which JSON itself has no form, and the errors of reading arguments.</content>
public static partial class RpcJson
{
    // System.Text.Json's names for what JSON numbers cannot say (JsonNumberHandling.AllowNamedFloatingPointLiterals).
    private static readonly JsonEncodedText s_nan = JsonEncodedText.Encode("NaN");
    private static readonly JsonEncodedText s_positiveInfinity = JsonEncodedText.Encode("Infinity");
    private static readonly JsonEncodedText s_negativeInfinity = JsonEncodedText.Encode("-Infinity");

    /// <summary>Writes a number; <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> as strings.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? s_nan : value > 0 ? s_positiveInfinity : s_negativeInfinity);
        }
    }

    /// <summary>Writes a number; <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> as strings.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void WriteSingle(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            WriteDouble(writer, value);
        }
    }

    /// <summary>Reads what <see cref="WriteDouble"/> writes.</summary>
    /// <param name="reader">The reader, on the value.</param>
    /// <returns>The value.</returns>
    public static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? ReadNamed(ref reader) : reader.GetDouble();

    /// <summary>Reads what <see cref="WriteSingle"/> writes.</summary>
    /// <param name="reader">The reader, on the value.</param>
    /// <returns>The value.</returns>
    public static float ReadSingle(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? (float)ReadNamed(ref reader) : reader.GetSingle();

    /// <summary>Moves from an argument's name to its value, which must not be null.</summary>
    /// <param name="reader">The reader, on the name.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="JsonException">The value is null.</exception>
    public static void ReadNonNull(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            throw NullArgument(name);
        }
    }

    /// <summary>The error of a required argument that is not in the request.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The exception to throw.</returns>
    public static JsonException MissingArgument(string name) => new($"The argument '{name}' is missing.");

    /// <summary>The error of a null where the contract allows none.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The exception to throw.</returns>
    public static JsonException NullArgument(string name) => new($"The argument '{name}' must not be null.");

    /// <summary>Whether a failure while reading is the fault of an argument's value, and not of the JSON around it or of the serializer's set-up.</summary>
    /// <param name="name">The parameter whose value was being read, or <see langword="null"/> between two of them.</param>
    /// <param name="exception">What the reader threw.</param>
    /// <returns>Whether to throw <see cref="UnreadableArgument"/> instead.</returns>
    public static bool IsUnreadable([NotNullWhen(true)] string? name, Exception exception) =>
        name is not null && (exception is JsonException or InvalidOperationException or FormatException or OverflowException);

    /// <summary>The error of an argument whose value cannot be what the contract says it is.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="exception">What the reader threw; its text says what it found.</param>
    /// <returns>The exception to throw.</returns>
    public static JsonException UnreadableArgument(string name, Exception exception) =>
        new($"The argument '{name}' cannot be read: {exception.Message}", exception);

    /// <summary>The error of a request whose body is not a JSON object.</summary>
    /// <param name="found">The token found in its place.</param>
    /// <returns>The exception to throw.</returns>
    public static JsonException NotAnObject(JsonTokenType found) => new($"The arguments must be a JSON object, and a {found} was found.");

    private static double ReadNamed(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals(s_nan.EncodedUtf8Bytes))
        {
            return double.NaN;
        }

        if (reader.ValueTextEquals(s_positiveInfinity.EncodedUtf8Bytes))
        {
            return double.PositiveInfinity;
        }

        return reader.ValueTextEquals(s_negativeInfinity.EncodedUtf8Bytes)
            ? double.NegativeInfinity
            : throw new JsonException("A number, \"NaN\", \"Infinity\" or \"-Infinity\" was expected.");
    }
}
