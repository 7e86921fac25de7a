namespace Rpc.Batching;

/// <summary>One frame of a batch that was read. Its memory is the batch's.</summary>
internal readonly record struct Frame
{
    /// <summary>What it is.</summary>
    public FrameKind Kind { get; init; }

    /// <summary>Its flags.</summary>
    public FrameFlags Flags { get; init; }

    /// <summary>The call's number.</summary>
    public long Number { get; init; }

    /// <summary>Of a request: the method's wire name in UTF-8.</summary>
    public ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>Of a request: what was left of the deadline in milliseconds, 0 for none. Of a reply: how long the handler took, in microseconds, at least 1; 0 if it did not run.</summary>
    public long Time { get; init; }

    /// <summary>Of a request: which attempt it is.</summary>
    public int Attempt { get; init; }

    /// <summary>The headers, if there are any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The arguments, the result or the fault.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
