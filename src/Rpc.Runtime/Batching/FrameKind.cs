namespace Rpc.Batching;

/// <summary>What a frame of a batch is. 3 and 4 are kept free for notices and cancellations, which travel by themselves so far.</summary>
internal enum FrameKind : byte
{
    /// <summary>A call.</summary>
    Request = 1,

    /// <summary>The reply to a call.</summary>
    Reply = 2,
}
