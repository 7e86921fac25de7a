namespace Rpc.Bench.Contenders;

/// <summary>A contender's server.</summary>
/// <param name="address">What its clients connect to.</param>
/// <param name="stop">Stops it.</param>
internal sealed class RunningServer(string address, Func<ValueTask> stop) : IAsyncDisposable
{
    /// <summary>What its clients connect to.</summary>
    public string Address => address;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stop();
}
