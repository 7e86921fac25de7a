namespace Rpc;

/// <summary>How a client or server is at one moment. Immutable.</summary>
public sealed record RpcHealth
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Problems.Count == 0;

    /// <summary>What is wrong, each as a sentence that names the connection or queue and the reason in the broker's own words where it gave one.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => IsHealthy ? "healthy" : string.Join(" ", Problems);
}
