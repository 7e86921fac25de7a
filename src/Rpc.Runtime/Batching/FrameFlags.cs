namespace Rpc.Batching;

/// <summary>What is to be known of a frame before its kind is.</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Whoever does not know the kind refuses the whole batch; without it, the frame is passed over.</summary>
    RefuseIfUnknown = 1,

    /// <summary>There are headers before the payload.</summary>
    Headers = 2,

    /// <summary>The payload is a fault.</summary>
    Fault = 4,
}
