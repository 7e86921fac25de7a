namespace Rpc.Generator.Model;

/// <summary>What became of one contract: a model, or the reason why the parser failed.</summary>
internal sealed record ParsedContract(string FullName, ContractModel? Model, string? Failure);
