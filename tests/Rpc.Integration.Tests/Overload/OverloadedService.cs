using System.Collections.Concurrent;

namespace Rpc.Integration.Tests.Overload;

/// <summary>Takes the same time for each call, and keeps which calls it ran. It does not look at its token: what has begun is paid for.</summary>
internal sealed class OverloadedService : IOverloadable
{
    /// <summary>How long one call takes.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(40);

    private readonly ConcurrentDictionary<int, bool> _ran = new();

    public bool Ran(int call) => _ran.ContainsKey(call);

    public Task Work(int call, CancellationToken cancellationToken)
    {
        _ran[call] = true;
        return Task.Delay(Time, CancellationToken.None); // the work
    }
}
