using Rpc;

namespace Samples.Fib;

/// <summary>Fibonacci numbers, by remote call.</summary>
[RpcService]
public interface IFib
{
    /// <summary>Computes the <paramref name="n"/>th Fibonacci number.</summary>
    /// <param name="n">0 to 92; the 93rd number does not fit into 64 bits.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The number: 0, 1, 1, 2, 3, 5, …</returns>
    /// <exception cref="RpcException">InvalidArgument: <paramref name="n"/> is out of its range.</exception>
    Task<long> Fib(int n, CancellationToken cancellationToken = default);
}
