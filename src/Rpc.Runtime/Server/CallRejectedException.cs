namespace Rpc.Server;

/// <summary>Leaves the dispatcher when a call has recorded its own fault.</summary>
internal sealed class CallRejectedException : Exception;
