using Rpc;

namespace Library;

/// <summary>A contract that is disposed like any other object of its kind.</summary>
[RpcService]
public interface ISession : IDisposable, IAsyncDisposable
{
    Task<int> Next(int number);
}
