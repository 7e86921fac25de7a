using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.Serialization;

/// <summary>
/// JSON by System.Text.Json. Each contract gets options of its own, since options close their list of types at first use: the contract's own types,
/// then the user's contexts, then reflection where the program has it.
/// </summary>
internal sealed class JsonRpcSerializer : IRpcSerializer
{
    private readonly JsonSerializerOptions _options;
    private readonly JsonWriterOptions _writerOptions;

    // One spare writer; a second one at the same moment is made and thrown away.
    private Utf8JsonWriter? _spare;

    private JsonRpcSerializer(JsonSerializerOptions options)
    {
        _options = options;

        // The converters write what is valid by construction; skipping the check is what JsonSerializer itself does.
        _writerOptions = new JsonWriterOptions
        {
            Encoder = options.Encoder,
            Indented = options.WriteIndented,
            IndentCharacter = options.IndentCharacter,
            IndentSize = options.IndentSize,
            NewLine = options.NewLine,
            MaxDepth = options.MaxDepth,
            SkipValidation = true,
        };
    }

    /// <summary>The content type of JSON.</summary>
    public const string JsonContentType = "application/json";

    /// <inheritdoc/>
    public string ContentType => JsonContentType;

    /// <summary>Makes the serializer that the options of a client or server ask for.</summary>
    /// <param name="user">The user's options, copied; or <see langword="null"/> for the defaults that <see cref="RpcOptions.Json"/> documents.</param>
    /// <param name="contexts">The user's contexts.</param>
    /// <returns>A serializer that knows no contract yet.</returns>
    public static JsonRpcSerializer Create(JsonSerializerOptions? user, IEnumerable<IJsonTypeInfoResolver> contexts)
    {
        var options = user is null
            ? new JsonSerializerOptions
            {
                RespectRequiredConstructorParameters = true, // what is missing is said, not made up
                NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "unsafe" means: inside HTML, where no message body goes
            }
            : new JsonSerializerOptions(user);

        // The items of a tuple are fields, and inside a type of the user's own no converter of the contract's writes them: they would be lost without a
        // word. Contexts go by these options too. A field that is not to travel has [JsonIgnore].
        options.IncludeFields = true;
        var position = 0;
        foreach (var context in contexts)
        {
            options.TypeInfoResolverChain.Insert(position++, context);
        }

        AddReflection(options);
        return new JsonRpcSerializer(options);
    }

    /// <inheritdoc/>
    public IRpcSerializer ForContract(RpcContract contract)
    {
        var options = new JsonSerializerOptions(_options);
        options.TypeInfoResolverChain.Insert(0, contract.JsonTypes);
        options.MakeReadOnly();
        return new JsonRpcSerializer(options);
    }

    /// <inheritdoc/>
    public void Serialize<T>(IBufferWriter<byte> output, T value) => Write(output, value, RpcJson.TypeInfo<T>(_options));

    /// <inheritdoc/>
    public void SerializeDetail(IBufferWriter<byte> output, object value)
    {
        var writer = RentWriter(output);
        JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(value.GetType()));
        ReturnWriter(writer);
    }

    /// <inheritdoc/>
    public T Deserialize<T>(ReadOnlyMemory<byte> payload) => payload.IsEmpty
        ? throw new FormatException($"its body is empty, and a {typeof(T)} was expected")
        : JsonSerializer.Deserialize(payload.Span, RpcJson.TypeInfo<T>(_options))!;

    private void Write<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> info)
    {
        var writer = RentWriter(output);
        JsonSerializer.Serialize(writer, value, info);
        ReturnWriter(writer);
    }

    private Utf8JsonWriter RentWriter(IBufferWriter<byte> output)
    {
        var writer = Interlocked.Exchange(ref _spare, null);
        if (writer is null)
        {
            return new Utf8JsonWriter(output, _writerOptions);
        }

        writer.Reset(output);
        return writer;
    }

    // Only after success: a writer that a converter left half-way is not used again.
    private void ReturnWriter(Utf8JsonWriter writer)
    {
        writer.Flush();
        writer.Reset(NoBuffer.Instance); // keeps no buffer alive
        Volatile.Write(ref _spare, writer);
    }

    // What a writer at rest writes to. With a stream it would make a buffer of its own.
    private sealed class NoBuffer : IBufferWriter<byte>
    {
        public static readonly NoBuffer Instance = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Runs only where the program has reflection-based JSON turned on, which trimming turns off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Runs only where the program has reflection-based JSON turned on, which AOT turns off.")]
    private static void AddReflection(JsonSerializerOptions options)
    {
        if (JsonSerializer.IsReflectionEnabledByDefault && !options.TypeInfoResolverChain.Any(static r => r is DefaultJsonTypeInfoResolver))
        {
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        }
    }
}
