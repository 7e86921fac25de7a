using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Conformance;

/// <summary>What clients find out about queues, which they do beside their calls.</summary>
public static class Diagnoses
{
    /// <summary>
    /// Waits until a client that has asked about a queue has its answer: the failures of short calls to the same queue show it.
    /// </summary>
    /// <param name="trial">A proxy of the client.</param>
    /// <param name="clock">The client's clock.</param>
    /// <returns>The first failure with an answer in it.</returns>
    public static async Task<RpcException> AskedAsync(this ITrial trial, ManualClock clock)
    {
        RpcException? failure = null;
        await Eventually.IsTrueAsync(
            async () =>
            {
                var call = trial.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(1) }).Run("short");
                clock.Advance(TimeSpan.FromMilliseconds(20));
                failure = await Xunit.Assert.ThrowsAsync<RpcException>(() => call.WithinDeadlineAsync());
                return failure.Diagnosis?.QueueDepth is not null;
            },
            "the broker has answered");
        return failure!;
    }
}
