namespace Rpc.Generator.Tests.Contracts;

/// <summary>One method for each form; called for real through the generated code of this very project.</summary>
[RpcService("catalog", Queue = "catalog-requests")]
internal interface ICatalog : ICounted
{
    Task Clear(CancellationToken cancellationToken);

    Task<string?> Find(string code, int page = 3, string? shop = "main");

    ValueTask Rename(int invoker, string name);

    [RpcMethod("total", TimeoutMs = 1500)]
    ValueTask<decimal> Sum(decimal[] prices, CancellationToken token = default);

    ValueTask<decimal> Sum() => Sum([]);

    Task<(int Left, string? Right)> Swap((int, string?) größe);
}
