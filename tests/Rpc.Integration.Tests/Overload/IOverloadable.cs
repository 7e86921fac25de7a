namespace Rpc.Integration.Tests.Overload;

/// <summary>A service that can do only so much.</summary>
[RpcService]
public interface IOverloadable
{
    Task Work(int call, CancellationToken cancellationToken = default);
}
