namespace Rpc.Generator.Tests.Contracts;

/// <summary>A contract for programs that know nothing of this library.</summary>
[RpcService(Queue = "squares", Wire = RpcWire.Bare)]
internal interface ISquares
{
    Task<long> Square(int value);
}
