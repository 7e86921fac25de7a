using Rpc.Transport;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>Something that is open until the test loses it.</summary>
internal sealed class FakeGeneration : IGeneration
{
    private readonly TaskCompletionSource<Loss> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposals;
    private volatile bool _open = true;

    public bool IsOpen => _open;

    public Task<Loss> Lost => _lost.Task;

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>The first half of a loss: nobody has been told yet.</summary>
    public void Break() => _open = false;

    public void Lose(string reason = "the test lost it")
    {
        Break();
        _lost.TrySetResult(new Loss(reason));
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return default;
    }
}
