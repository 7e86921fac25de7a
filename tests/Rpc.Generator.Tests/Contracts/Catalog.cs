namespace Rpc.Generator.Tests.Contracts;

/// <summary>A service that writes down what it is called with.</summary>
internal sealed class Catalog : ICatalog
{
    public List<string> Calls { get; } = [];

    public CancellationToken Token { get; private set; }

    public Task Clear(CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        Calls.Add("Clear()");
        return Task.CompletedTask;
    }

    public Task<string?> Find(string code, int page, string? shop)
    {
        Calls.Add($"Find({code}, {page}, {shop ?? "null"})");
        return Task.FromResult(shop);
    }

    public ValueTask Rename(int invoker, string name)
    {
        Calls.Add($"Rename({invoker}, {name})");
        return name.Length > 0 ? default : throw new RpcException(RpcStatus.InvalidArgument, "a name is needed");
    }

    public ValueTask<decimal> Sum(decimal[] prices, CancellationToken token)
    {
        Token = token;
        Calls.Add($"Sum({prices.Length})");
        return new(prices.Sum());
    }

    public Task<(int Left, string? Right)> Swap((int, string?) größe)
    {
        Calls.Add($"Swap({größe})");
        return Task.FromResult(größe);
    }

    public Task<int> Count(params string[] codes)
    {
        Calls.Add($"Count({codes.Length})");
        return Task.FromResult(codes.Length);
    }
}
