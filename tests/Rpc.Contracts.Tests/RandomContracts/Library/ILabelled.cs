using Rpc;

namespace Library;

/// <summary>A contract of another assembly with a queue of its own.</summary>
[RpcService(Queue = "labelled", Wire = RpcWire.Bare)]
public interface ILabelled
{
    Task<Payloads.Pair<string, (int, string?)>> Label(Payloads.Fields fields);
}
