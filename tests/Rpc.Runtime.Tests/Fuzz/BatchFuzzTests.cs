using Rpc.Batching;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;

namespace Rpc.Runtime.Tests.Fuzz;

/// <summary>Bytes that nearly are a batch are read or refused, without an exception and without much memory.</summary>
public sealed class BatchFuzzTests
{
    private const int Bodies = 30_000;

    [Fact]
    public void Reading_takes_memory_in_proportion_to_the_message()
    {
        var random = FuzzSeed.Start(5);
        var hostile = new HostileBatches(random);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = hostile.Broken(Batch(random, hostile));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var isWhole = Rpc.Batching.Batch.TryRead(body, out var batch, out var problem);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;

            // A header of two bytes is two texts and a place in a dictionary, a frame of seven bytes one in a list: that is the factor. The rest is what the words of a refusal take.
            Assert.True(taken <= (64 * body.Length) + 4096, $"{taken} bytes for {body.Length}, number {i}, seed {FuzzSeed.Value}");
            Assert.Equal(isWhole, problem is null);
            var frames = 0;
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ref readonly var frame in batch)
            {
                frames++;
                Assert.True(frame.Number >= 0 && frame.Attempt >= 1 && frame.Time >= 0);
            }

            taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= (64 * body.Length) + 4096, $"{taken} bytes for the frames of {body.Length}, number {i}, seed {FuzzSeed.Value}");
            Assert.Equal(batch.Count, frames);
            Assert.InRange(frames, 0, BatchFormat.MaxFrames);
            read += isWhole ? 1 : 0;
            refused += isWhole ? 0 : 1;
        }

        Assert.True(Math.Min(read, refused) > Bodies / 20, $"{read} were read and {refused} refused");
    }

    private static RawBatch Batch(Random random, HostileBatches hostile) => new(
        RawBatch.NewNonce(),
        [.. Enumerable.Range(0, random.Next(20) == 0 ? 130 : random.Next(6)).Select(i =>
        {
            var frame = random.Next(2) == 0 ? new RawFrame(i, "Echo", """{"text":"x"}""") : new RawFrame(i, "1");
            return random.Next(4) == 0 ? hostile.Odd(frame) : frame;
        })]);
}
