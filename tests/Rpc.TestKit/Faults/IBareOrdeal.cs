namespace Rpc.TestKit.Faults;

/// <summary>The same for requests that are run again when they are delivered again.</summary>
[RpcService(Wire = RpcWire.Bare)]
public interface IBareOrdeal
{
    /// <summary>Notes its run; an id that begins with <c>kill</c> then kills the server's process.</summary>
    Task<string> Run(string id);
}
