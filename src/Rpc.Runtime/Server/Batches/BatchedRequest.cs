using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>One call of a batch, as a delivery of its own: from here on it is a call like any other.</summary>
/// <param name="message">The message it came in.</param>
/// <param name="served">The method it asks for; <see langword="null"/> if that is none of the service's.</param>
/// <param name="properties">Its properties.</param>
/// <param name="body">Its arguments, in the message's memory.</param>
/// <param name="number">Its number in the batch.</param>
internal sealed class BatchedRequest(
    BatchedMessage message, ServedMethod? served, in RequestProperties properties, ReadOnlyMemory<byte> body, long number) : IDelivery
{
    private readonly RequestProperties _properties = properties;
    private int _settled;
    private int _released;

    /// <summary>The message it came in.</summary>
    public BatchedMessage Message => message;

    /// <summary>The method it asks for, which was found by its bytes; <see langword="null"/> if that is none of the service's.</summary>
    public ServedMethod? Served => served;

    /// <summary>The call's number, which names it in a batch of replies.</summary>
    public long Number => number;

    /// <inheritdoc/>
    public bool IsLive => message.IsLive;

    /// <inheritdoc/>
    public ref readonly RequestProperties Properties => ref _properties;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Body => body;

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply) => message.Delivery.TryReplyAsync(reply);

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync() => message.SettleAsync(again: Interlocked.Exchange(ref _settled, 1) != 0);

    /// <inheritdoc/>
    public ValueTask RejectAsync() => AcknowledgeAsync(); // the others of its message may have run

    /// <inheritdoc/>
    public ValueTask HandBackAsync() => AcknowledgeAsync(); // only Bare requests are handed back, and those come by themselves

    /// <inheritdoc/>
    public ValueTask RequeueAsync() => AcknowledgeAsync(); // what came in a batch is never run again

    /// <inheritdoc/>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            message.Release();
        }
    }
}
