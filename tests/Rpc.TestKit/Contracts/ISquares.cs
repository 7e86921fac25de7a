namespace Rpc.TestKit.Contracts;

/// <summary>A contract beside others.</summary>
[RpcService]
public interface ISquares
{
    Task<long> Square(long number);
}
