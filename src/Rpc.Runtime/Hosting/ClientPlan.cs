using Rpc.Hosting.Settings;

namespace Rpc.Hosting;

/// <summary>What was registered for one client.</summary>
/// <param name="name">The client's name; <see langword="null"/> for the one that has none.</param>
internal sealed class ClientPlan(string? name) : Plan
{
    /// <summary>The client's name; <see langword="null"/> for the one that has none.</summary>
    public string? Name => name;

    /// <summary>The name of its options.</summary>
    public string OptionsName => name ?? Microsoft.Extensions.Options.Options.DefaultName;

    /// <inheritdoc/>
    public override string What => name is null ? "The RPC client" : $"The RPC client '{name}'";

    /// <inheritdoc/>
    public override string Method => name is null ? "AddRpcClient" : "AddKeyedRpcClient";

    /// <inheritdoc/>
    public override string Section => name is null ? "Rpc:Client" : $"Rpc:Clients:{name}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ConnectionStringKeys => name is null
        ? [$"{Section}:{ConnectionStrings.Key}", .. ConnectionStrings.Common]
        : [$"{Section}:{ConnectionStrings.Key}", $"ConnectionStrings:{name}", .. ConnectionStrings.Common];

    /// <summary>The contracts, each with the route that code has given.</summary>
    public List<(RpcContract Contract, RpcRoute? Route, RpcCallOptions? Options)> Contracts { get; } = [];

    /// <summary>Finds the filters in a container, the outermost first.</summary>
    public List<Func<IServiceProvider, IRpcClientFilter>> Filters { get; } = [];
}
