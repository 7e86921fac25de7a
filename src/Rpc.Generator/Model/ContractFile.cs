namespace Rpc.Generator.Model;

/// <summary>A contract and the name of its file.</summary>
internal sealed record ContractFile(ParsedContract Contract, string HintName);
