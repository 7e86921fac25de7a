using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// The latest replies of a service, for requests that come again because their acknowledgement was lost: 1,024 replies of at most 4 KiB, in
/// arrays of at most 8 KiB, so 8 MiB at the most.
/// Not thread-safe.
/// </summary>
/// <remarks>The replies stay in the pooled arrays they were written to, which go back to the pool when others take their places: keeping one copies nothing.</remarks>
internal sealed class ReplyRing
{
    private const int Capacity = 1024;
    private const int MaxBytes = 4 * 1024;
    private const int MaxCapacity = 8 * 1024;

    private readonly (string? Address, ReplyMessage Reply, PayloadWriter? Payload)[] _replies = new (string?, ReplyMessage, PayloadWriter?)[Capacity];
    private int _next;

    /// <summary>How many replies are kept.</summary>
    public int Count => _replies.Count(static kept => kept.Payload is not null);

    /// <summary>Keeps a reply, if it is small, in place of the oldest.</summary>
    /// <param name="address">Where it went.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="call">The call that it answered, whose memory it lies in.</param>
    public void Keep(string address, in ReplyMessage reply, ReceivedCall call)
    {
        if (reply.Body.Length > MaxBytes || reply.Headers is RpcHeaders { Bytes: > MaxBytes } || reply.CorrelationId is null)
        {
            return;
        }

        ref var place = ref _replies[_next];
        _next = (_next + 1) % Capacity;
        place.Payload?.Dispose();
        var payload = call.TakePayload(MaxCapacity);
        place = (address, reply with { Body = payload.Written }, payload);
    }

    /// <summary>Finds the reply to a request.</summary>
    /// <param name="replyTo">The request's reply address.</param>
    /// <param name="correlationId">The request's correlation id.</param>
    /// <returns>A copy; <see langword="null"/> if it is not kept, or not any more.</returns>
    public ReplyMessage? Find(string? replyTo, string? correlationId)
    {
        foreach (var (address, reply, payload) in _replies)
        {
            if (payload is not null && reply.CorrelationId == correlationId && address == replyTo)
            {
                return reply with { Body = reply.Body.ToArray() };
            }
        }

        return null;
    }

    /// <summary>Gives all memory back.</summary>
    public void Clear()
    {
        foreach (ref var kept in _replies.AsSpan())
        {
            kept.Payload?.Dispose();
            kept = default;
        }
    }
}
