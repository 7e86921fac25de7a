using System.Collections.Concurrent;

namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IBareSink"/>.</summary>
public sealed class BareSinkService : IBareSink
{
    /// <summary>What it was told.</summary>
    public ConcurrentQueue<string?> Lines { get; } = new();

    public ValueTask Tell(string? line)
    {
        Lines.Enqueue(line);
        return default;
    }
}
