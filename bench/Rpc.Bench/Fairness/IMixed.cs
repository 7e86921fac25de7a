namespace Rpc.Bench.Fairness;

/// <summary>Methods that take very different times.</summary>
[RpcService("bench.mixed")]
public interface IMixed
{
    /// <summary>Computes for 20 µs.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The next one.</returns>
    Task<int> Brief(int number);

    /// <summary>Waits for 50 ms.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The next one.</returns>
    Task<int> Slow(int number);

    /// <summary>Computes for 10 µs, or waits for 20 ms: five seconds this, five seconds that.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The next one.</returns>
    Task<int> Changing(int number);
}
