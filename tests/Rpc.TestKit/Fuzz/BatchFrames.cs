using Rpc.Batching;

namespace Rpc.TestKit.Fuzz;

/// <summary>The frames of a batch as a list.</summary>
internal static class BatchFrames
{
    /// <summary>The frames of known kinds, in their order.</summary>
    public static IReadOnlyList<Frame> ListFrames(this Batch batch)
    {
        var frames = new List<Frame>(batch.Count);
        foreach (ref readonly var frame in batch)
        {
            frames.Add(frame);
        }

        return frames;
    }
}
