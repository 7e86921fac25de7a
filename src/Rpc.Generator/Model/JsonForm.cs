namespace Rpc.Generator.Model;

/// <summary>The ways to write and read a value.</summary>
internal enum JsonForm
{
    /// <summary>Through the metadata that the options have of its type.</summary>
    Metadata,

    /// <summary><c>WriteBooleanValue</c> and <c>GetBoolean</c>.</summary>
    Boolean,

    /// <summary><c>WriteNumberValue</c> and <c>Get…</c>.</summary>
    Number,

    /// <summary><c>WriteStringValue</c> and <c>Get…</c>.</summary>
    Text,

    /// <summary><c>RpcJson.Write…</c> and <c>RpcJson.Read…</c>, which know of NaN and the infinities.</summary>
    Float,

    /// <summary>Through the built-in converter <c>JsonMetadataServices.…Converter</c>.</summary>
    Converter,
}
