namespace Rpc.Bench.Contract;

/// <summary>The handlers that every contender's server runs.</summary>
internal sealed class WorkService : IWork
{
    private readonly FixedPause _pause = new(TimeSpan.FromMilliseconds(5));

    /// <inheritdoc/>
    public Task<int> Next(int number) => Task.FromResult(number + 1);

    /// <inheritdoc/>
    public Task<Parcel> Echo(Parcel parcel) => Task.FromResult(parcel);

    /// <inheritdoc/>
    public async Task<int> Pause(int number)
    {
        await _pause.WaitAsync();
        return number + 1;
    }
}
