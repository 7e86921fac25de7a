namespace Rpc.TestKit.Contracts;

/// <summary>A Bare contract whose method has no parameters.</summary>
[RpcService(Wire = RpcWire.Bare)]
public interface IBareClock
{
    Task<string> Now(CancellationToken cancellationToken = default);
}
