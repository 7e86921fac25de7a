namespace Rpc.Integration.Tests.Reconnect;

/// <summary>A contract whose calls last until the test says so.</summary>
[RpcService]
public interface IGate
{
    /// <summary>Returns when the test opens the gate.</summary>
    Task<int> Pass(int n, CancellationToken cancellationToken = default);

    /// <summary>Returns at once.</summary>
    Task<int> Echo(int n);
}
