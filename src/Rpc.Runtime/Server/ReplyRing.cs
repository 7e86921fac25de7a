using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// The latest replies of a service, for requests that come again because their acknowledgement was lost: 1,024 replies of at most 4 KiB, so 4 MiB at the
/// most, which stay with it; and as much of headers, where handlers set so many. Not thread-safe.
/// </summary>
internal sealed class ReplyRing
{
    private const int Capacity = 1024;
    private const int MaxBytes = 4 * 1024;
    private const int MinBytes = 32;

    private readonly Place[] _places = new Place[Capacity];
    private int _next;

    /// <summary>How many replies are kept.</summary>
    public int Count => _places.Count(static place => place.Address is not null);

    /// <summary>Keeps a copy of a reply, if it is small, in place of the oldest.</summary>
    /// <param name="address">Where it went.</param>
    /// <param name="reply">The reply.</param>
    public void Keep(string address, in ReplyMessage reply)
    {
        if (reply.Body.Length > MaxBytes || reply.Headers is RpcHeaders { Bytes: > MaxBytes } || reply.CorrelationId.IsNone)
        {
            return;
        }

        ref var place = ref _places[_next];
        _next = (_next + 1) % Capacity;
        if (place.Bytes is null || place.Bytes.Length < reply.Body.Length)
        {
            place.Bytes = new byte[Math.Max(MinBytes, reply.Body.Length)];
        }

        reply.Body.CopyTo(place.Bytes);
        place.Address = address;
        place.Reply = reply with { Body = place.Bytes.AsMemory(0, reply.Body.Length) };
    }

    /// <summary>Finds the reply to a request.</summary>
    /// <param name="replyTo">The request's reply address.</param>
    /// <param name="correlationId">The request's correlation id.</param>
    /// <returns>A copy; <see langword="null"/> if it is not kept, or not any more.</returns>
    public ReplyMessage? Find(string? replyTo, in CorrelationId correlationId)
    {
        foreach (ref readonly var place in _places.AsSpan())
        {
            if (place.Address is { } address && address == replyTo && place.Reply.CorrelationId == correlationId)
            {
                return place.Reply with { Body = place.Reply.Body.ToArray() };
            }
        }

        return null;
    }

    private struct Place
    {
        public string? Address;
        public ReplyMessage Reply;
        public byte[]? Bytes;
    }
}
