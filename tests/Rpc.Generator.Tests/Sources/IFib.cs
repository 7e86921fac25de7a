using System.Threading;
using System.Threading.Tasks;
using Rpc;

namespace Samples.Fib;

/// <summary>Computes Fibonacci numbers.</summary>
[RpcService]
public interface IFib
{
    /// <summary>Computes one.</summary>
    Task<long> Fib(int n, CancellationToken cancellationToken = default);
}
