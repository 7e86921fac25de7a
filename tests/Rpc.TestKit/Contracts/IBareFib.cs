namespace Rpc.TestKit.Contracts;

/// <summary>A contract that programs without this library can call: <c>30</c> in, <c>832040</c> out.</summary>
[RpcService(Wire = RpcWire.Bare)]
public interface IBareFib
{
    Task<long> Fib(int n);
}
