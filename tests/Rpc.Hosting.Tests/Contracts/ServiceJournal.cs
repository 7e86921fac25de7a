using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests.Contracts;

/// <summary>What became of the services that were made. Thread-safe.</summary>
public sealed class ServiceJournal
{
    private int _made;
    private int _disposed;

    public int Made => Volatile.Read(ref _made);

    public int Disposed => Volatile.Read(ref _disposed);

    public bool Broken { get; set; }

    public Gate Entered { get; } = new();

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Make()
    {
        Interlocked.Increment(ref _made);
        if (Broken)
        {
            throw new InvalidOperationException("broken");
        }
    }

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
