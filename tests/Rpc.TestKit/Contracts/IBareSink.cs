namespace Rpc.TestKit.Contracts;

/// <summary>A Bare contract whose method returns nothing.</summary>
[RpcService(Wire = RpcWire.Bare)]
public interface IBareSink
{
    ValueTask Tell(string? line);
}
