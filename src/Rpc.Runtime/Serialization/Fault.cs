namespace Rpc.Serialization;

/// <summary>A failure as it travels from server to caller.</summary>
/// <param name="Status">How the call ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="MayHaveRun">Whether the dispatcher entered the service's method.</param>
/// <param name="Message">For people.</param>
internal sealed record Fault(RpcStatus Status, RpcReason Reason, bool MayHaveRun, string Message)
{
    /// <summary>The detail of a refusal, encoded; <see langword="null"/> if it has none.</summary>
    public ReadOnlyMemory<byte>? Detail { get; init; }

    /// <summary>The detail's format; <see langword="null"/> for JSON.</summary>
    public string? DetailContentType { get; init; }
}
