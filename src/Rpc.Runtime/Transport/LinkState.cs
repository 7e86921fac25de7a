namespace Rpc.Transport;

/// <summary>How a client's connection is.</summary>
/// <param name="IsConnected">Whether there is a link.</param>
/// <param name="IsBlocked">Whether the broker has stopped reading.</param>
/// <param name="Since">Since when there has been a link, or none, in the client's timestamps.</param>
internal readonly record struct LinkState(bool IsConnected, bool IsBlocked, long Since);
