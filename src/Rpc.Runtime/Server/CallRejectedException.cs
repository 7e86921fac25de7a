using Rpc.Serialization;

namespace Rpc.Server;

/// <summary>Leaves the dispatcher, through the filters, when a call is found to be unservable: its arguments, its method or its result.</summary>
/// <param name="fault">What the caller is told.</param>
internal sealed class CallRejectedException(Fault fault) : Exception(fault.Message)
{
    /// <summary>What the caller is told.</summary>
    public Fault Fault => fault;
}
