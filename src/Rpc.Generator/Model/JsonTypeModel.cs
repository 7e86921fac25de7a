namespace Rpc.Generator.Model;

/// <summary>One type whose JSON metadata a contract brings: <c>RpcJson.Factory&lt;TypeArguments&gt;(options, converter)</c>.</summary>
/// <param name="Type">The type, for <c>typeof</c>.</param>
/// <param name="Factory">The method of <c>RpcJson</c> that makes the metadata.</param>
/// <param name="TypeArguments">Its type arguments; empty where they are inferred.</param>
/// <param name="Converter">The property of <c>JsonMetadataServices</c> with its converter, or <see langword="null"/>.</param>
/// <param name="Tuple">The items, where the type is a tuple, which has a generated converter; empty otherwise.</param>
internal sealed record JsonTypeModel(string Type, string Factory, string TypeArguments, string? Converter, EquatableArray<ArgumentModel> Tuple);
