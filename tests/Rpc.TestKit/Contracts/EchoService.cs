namespace Rpc.TestKit.Contracts;

/// <summary>Returns what it gets, and keeps it: so a test sees what arrived as well as what came back.</summary>
public abstract class EchoService
{
    /// <summary>The last value that arrived.</summary>
    public object? Received { get; private set; }

    protected Task<T> Echo<T>(T value)
    {
        Received = value;
        return Task.FromResult(value);
    }
}
