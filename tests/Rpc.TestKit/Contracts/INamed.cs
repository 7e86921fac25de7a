namespace Rpc.TestKit.Contracts;

/// <summary>A contract that others derive from: it keeps its own service and queue.</summary>
[RpcService]
public interface INamed
{
    Task<string> Name();
}
