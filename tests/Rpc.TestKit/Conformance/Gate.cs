using System.Threading.Channels;

namespace Rpc.TestKit.Conformance;

/// <summary>A point that handlers stop at until the test opens it. Thread-safe.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _arrivals = Channel.CreateUnbounded<bool>();

    /// <summary>Waits, at the gate, for <see cref="Open"/>.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _arrivals.Writer.TryWrite(true);
        return _open.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets everyone through, now and later.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Waits until so many more have come to the gate.</summary>
    public async Task ArrivalsAsync(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            await _arrivals.Reader.ReadAsync().AsTask().WithinDeadlineAsync();
        }
    }
}
