namespace Rpc.Bench.Contract;

/// <summary>What every contender is asked to do.</summary>
[RpcService("bench.work")]
public interface IWork
{
    /// <summary>An int in, an int out.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The next one.</returns>
    Task<int> Next(int number);

    /// <summary>A record of 1 KiB both ways.</summary>
    /// <param name="parcel">The record.</param>
    /// <returns>The same.</returns>
    Task<Parcel> Echo(Parcel parcel);

    /// <summary>A handler that waits 5 ms, as for a database.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The next one.</returns>
    Task<int> Pause(int number);
}
