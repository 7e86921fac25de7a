namespace Rpc.Calls;

/// <summary>A server's word that it runs a call.</summary>
/// <param name="InstanceQueue">Where it can be told to cancel; <see langword="null"/> if it cannot.</param>
/// <param name="HeardAt">When it came, in the client's timestamps.</param>
internal sealed record ServerSign(string? InstanceQueue, long HeardAt);
