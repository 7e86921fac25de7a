namespace Rpc.Hosting.Tests.Contracts;

public sealed class TillService : ITill
{
    public Task<int> Count() => Task.FromResult(7);
}
