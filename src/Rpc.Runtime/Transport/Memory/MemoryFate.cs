namespace Rpc.Transport.Memory;

/// <summary>What becomes of one request, where a <see cref="IMemoryTap"/> has decided. What is not set is as always.</summary>
internal sealed record MemoryFate
{
    /// <summary>Whether it comes back, as if its queue did not exist.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Whether it gets into no queue, without a word.</summary>
    public bool IsDropped { get; init; }

    /// <summary>Whether the broker says that it did not take it, of a one-way request.</summary>
    public bool IsRejected { get; init; }

    /// <summary>Whether it comes to its server as one that another server had before.</summary>
    public bool IsRedelivered { get; init; }

    /// <summary>How long it is on its way to the queue, by the client's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How the client's connection ends once the request is sent; <see langword="null"/> if it does not.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What comes to the client's reply address at once; <see langword="null"/> if nothing does.</summary>
    public ReplyMessage? Answer { get; init; }
}
