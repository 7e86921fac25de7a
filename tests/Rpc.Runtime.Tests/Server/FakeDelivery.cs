using System.Collections.Concurrent;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>A received request in the test's hand: it keeps what was replied and how it was settled.</summary>
internal sealed class FakeDelivery(RequestProperties properties, byte[]? body = null) : IDelivery
{
    private readonly RequestProperties _properties = properties;
    private readonly TaskCompletionSource<string> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a reply meets; by default it is sent.</summary>
    public Func<ReplyMessage, ValueTask<bool>> OnReply { get; set; } = static _ => ValueTask.FromResult(true);

    /// <summary>What an acknowledgement meets first; by default nothing.</summary>
    public Func<ValueTask> OnAcknowledge { get; set; } = static () => default;

    /// <summary>The replies, with bodies of their own.</summary>
    public ConcurrentQueue<ReplyMessage> Replies { get; } = new();

    /// <summary>Whether the way back still exists.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>Completes with "acknowledged", "rejected" or "handed back".</summary>
    public Task<string> Settled => _settled.Task;

    public ref readonly RequestProperties Properties => ref _properties;

    /// <summary>What happens while the body is being read; by default nothing.</summary>
    public Action OnBody { get; set; } = static () => { };

    public ReadOnlyMemory<byte> Body
    {
        get
        {
            OnBody();
            return body;
        }
    }

    public ValueTask<bool> TryReplyAsync(ReplyMessage reply)
    {
        Replies.Enqueue(reply with { Body = reply.Body.ToArray() });
        return OnReply(reply);
    }

    public async ValueTask AcknowledgeAsync()
    {
        // As IDelivery says: a request that is settled already stays as it is.
        if (!_settled.Task.IsCompleted)
        {
            await OnAcknowledge();
            await Settle("acknowledged");
        }
    }

    public ValueTask RejectAsync() => Settle("rejected");

    public ValueTask HandBackAsync() => Settle("handed back");

    public ValueTask RequeueAsync() => Settle("requeued");

    /// <summary>How often the body's memory was given back.</summary>
    public int Releases { get; private set; }

    /// <summary>What becomes of the body's memory then; by default nothing.</summary>
    public Action OnRelease { get; set; } = static () => { };

    public void Release()
    {
        Releases++;
        OnRelease();
    }

    private ValueTask Settle(string how)
    {
        if (!_settled.TrySetResult(how))
        {
            throw new InvalidOperationException($"{how}, and it was {_settled.Task.Result} before");
        }

        return default;
    }
}
