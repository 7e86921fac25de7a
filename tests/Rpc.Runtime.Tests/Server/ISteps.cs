namespace Rpc.Runtime.Tests.Server;

/// <summary>A contract with each kind of method that a server treats in its own way.</summary>
[RpcService("test.Steps")]
public interface ISteps
{
    Task<int> Plain(int n, CancellationToken cancellationToken = default);

    [RpcMethod(Idempotent = true)]
    Task<int> Again(int n);

    [RpcMethod(AckBeforeRun = true)]
    Task<int> AckFirst(int n);

    [RpcMethod(OneWay = true, AckBeforeRun = true)]
    Task Tell(int n);

    [RpcMethod(OneWay = true, Idempotent = true)]
    Task TellAgain(int n);
}
