namespace Rpc.Runtime.Tests.Server;

/// <summary>Counts how often it is told.</summary>
internal sealed class Told
{
    private int _times;

    public int Times => Volatile.Read(ref _times);

    public void Tell() => Interlocked.Increment(ref _times);
}
