using System.Collections.Concurrent;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A link in the test's hand: it keeps what was sent, and each send does what the test says.</summary>
internal sealed class FakeLink : IClientLink
{
    private volatile bool _open = true;
    private volatile bool _blocked;

    /// <summary>What a send answers; by default it takes the request.</summary>
    public Func<RequestMessage, ValueTask<bool>> OnSend { get; set; } = static _ => ValueTask.FromResult(true);

    /// <summary>The correlation ids of everything that was handed over, taken or not.</summary>
    public ConcurrentQueue<string> Handed { get; } = new();

    public bool IsOpen => _open;

    public bool CanSend => _open && !_blocked;

    public bool IsBlocked
    {
        set => _blocked = value;
    }

    public void Close() => _open = false;

    public ValueTask<bool> TrySendAsync(RequestMessage request)
    {
        Handed.Enqueue(request.CorrelationId.ToString());
        return OnSend(request);
    }

    /// <summary>The words that were sent.</summary>
    public ConcurrentQueue<ControlMessage> Told { get; } = new();

    public bool KeepsCalls { get; set; }

    public ValueTask<bool> TryTellAsync(ControlMessage message)
    {
        Told.Enqueue(message);
        return new ValueTask<bool>(true);
    }
}
