namespace Rpc.TestKit.Contracts;

/// <summary>A contract that derives from another one.</summary>
[RpcService]
public interface IAdder : INamed
{
    Task<int> Add(int left, int right);
}
