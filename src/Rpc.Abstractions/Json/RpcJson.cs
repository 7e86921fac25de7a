using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rpc;

/// <summary>
/// What generated JSON code shares: metadata for the types that need no reflection, and the reading and writing of values for which
/// <see cref="Utf8JsonWriter"/> and <see cref="Utf8JsonReader"/> have no method.
/// </summary>
/// <remarks>
/// System.Text.Json's source generator cannot see the argument structs that our generator emits, so their metadata is made here, by hand.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RpcJson
{
    /// <summary>Metadata of an arguments struct.</summary>
    /// <typeparam name="TArgs">The generated struct.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <param name="converter">The generated converter.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Arguments<TArgs>(JsonSerializerOptions options, JsonConverter<TArgs> converter) =>
        JsonMetadataServices.CreateValueInfo<TArgs>(options, converter);

    /// <summary>Metadata of a primitive or well-known type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">The options the metadata is for; a converter of theirs for the type goes first.</param>
    /// <param name="converter">The built-in converter.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Value<T>(JsonSerializerOptions options, JsonConverter<T> converter) =>
        Custom<T>(options) ?? JsonMetadataServices.CreateValueInfo<T>(options, converter);

    /// <summary>Metadata of an enum: a number, unless the options have a converter.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Enum<T>(JsonSerializerOptions options)
        where T : struct, Enum =>
        Custom<T>(options) ?? JsonMetadataServices.CreateValueInfo<T>(options, JsonMetadataServices.GetEnumConverter<T>(options));

    /// <summary>Metadata of a nullable value type.</summary>
    /// <typeparam name="T">The type under the <c>?</c>; the options must know it.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Nullable<T>(JsonSerializerOptions options)
        where T : struct =>
        Custom<T?>(options) ?? JsonMetadataServices.CreateValueInfo<T?>(options, JsonMetadataServices.GetNullableConverter<T>(options));

    /// <summary>Finds metadata of a type in the options' chain of resolvers.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">The options.</param>
    /// <returns>The metadata.</returns>
    /// <exception cref="NotSupportedException">No resolver knows the type; the message says what to add.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions options) =>
        options.TryGetTypeInfo(typeof(T), out var info)
            ? (JsonTypeInfo<T>)info
            : throw new NotSupportedException(
                $"No JSON metadata for {typeof(T)}: add [JsonSerializable(typeof({typeof(T).Name}))] to a JsonSerializerContext and give that " +
                "context in the options (JsonContexts). Reflection, which would do without, is turned off in this program.");

    private static JsonTypeInfo<T>? Custom<T>(JsonSerializerOptions options)
    {
        foreach (var candidate in options.Converters)
        {
            if (!candidate.CanConvert(typeof(T)))
            {
                continue;
            }

            var converter = candidate is JsonConverterFactory factory ? factory.CreateConverter(typeof(T), options) : candidate;
            return JsonMetadataServices.CreateValueInfo<T>(
                options,
                converter ?? throw new InvalidOperationException($"{candidate.GetType()} says that it converts {typeof(T)}, and then makes no converter."));
        }

        return null;
    }
}
