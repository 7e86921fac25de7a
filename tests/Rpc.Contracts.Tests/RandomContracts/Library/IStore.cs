using Rpc;

namespace Library;

/// <summary>A generic interface of another assembly.</summary>
/// <typeparam name="T">What it stores.</typeparam>
public interface IStore<T>
{
    Task Put(string key, T item);

    [RpcMethod("store-find")]
    Task<List<T>> Find(Dictionary<string, T> like, CancellationToken cancellationToken = default);
}
