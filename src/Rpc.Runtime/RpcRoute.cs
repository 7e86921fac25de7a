namespace Rpc;

/// <summary>Where a client's calls of one contract go, where that differs from what the contract says. Immutable and safe to share.</summary>
public sealed record RpcRoute
{
    /// <summary>The request queue, 1 to 255 bytes of UTF-8.</summary>
    /// <value>The default, <see langword="null"/>, is the contract's own queue.</value>
    public string? Queue { get; init; }

    /// <summary>How calls are written.</summary>
    /// <value>The default, <see langword="null"/>, is the contract's own choice.</value>
    public RpcWire? Wire { get; init; }
}
