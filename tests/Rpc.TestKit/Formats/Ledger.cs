namespace Rpc.TestKit.Formats;

/// <summary>Serves the contracts of this folder.</summary>
internal sealed class Ledger : ILedger, IBareCounter
{
    private int _entered;

    /// <summary>How many calls have come to the service.</summary>
    public int Entered => Volatile.Read(ref _entered);

    public Task<Entry> Book(Entry entry, decimal factor, IReadOnlyList<string>? tags) =>
        Enter(entry with { Amount = entry.Amount * factor, Text = string.Join(',', tags ?? []) });

    public Task<Entry> Empty() => Enter(new Entry());

    public Task<long> Count(int from, Guid by) => Enter(by == Guid.Empty ? from : (long)from + 1);

    public Task Refuse(Entry entry) => throw new RpcException(RpcStatus.FailedPrecondition, "closed", entry with { Id = entry.Id + 1 });

    public Task<int> Next(int n) => Enter(n < 0 ? throw new RpcException(RpcStatus.OutOfRange, "below zero", new Entry { Id = n }) : n + 1);

    private Task<T> Enter<T>(T result)
    {
        Interlocked.Increment(ref _entered);
        return Task.FromResult(result);
    }
}
