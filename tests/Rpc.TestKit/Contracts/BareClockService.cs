namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IBareClock"/>; its clock stands still.</summary>
public sealed class BareClockService : IBareClock
{
    public Task<string> Now(CancellationToken cancellationToken) => Task.FromResult("noon");
}
