using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What a test asks of a raw party, in one call.</summary>
public static class RawSideExtensions
{
    /// <summary>Calls a method as a foreign program would, and waits for the reply.</summary>
    public static async Task<RawEnvelope> CallAsync(this IRawSide raw, string queue, RawEnvelope request)
    {
        var addressed = request with { ReplyTo = raw.ReplyQueue, CorrelationId = Guid.NewGuid().ToString("N") };
        await raw.PublishAsync(queue, addressed);
        var reply = await raw.NextReplyAsync();
        Assert.Equal(addressed.CorrelationId, reply.CorrelationId);
        return reply;
    }

    /// <summary>The next message, moving a clock on until it comes: over the pause before a retry, which nobody can see beginning.</summary>
    public static async Task<RawEnvelope> NextAsync(this IRawReader reader, ManualClock clock)
    {
        var next = reader.NextAsync();
        await Eventually.IsTrueAsync(
            () =>
            {
                if (!next.IsCompleted)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(20));
                }

                return next.IsCompleted;
            },
            "the next message comes");
        return await next;
    }

    /// <summary>Answers a request that was read by hand.</summary>
    public static Task ReplyAsync(this IRawSide raw, RawEnvelope request, string text, string? contentType = null)
    {
        Assert.NotNull(request.ReplyTo);
        return raw.PublishAsync(request.ReplyTo, new RawEnvelope(text) { CorrelationId = request.CorrelationId, ContentType = contentType });
    }

    /// <summary>
    /// Takes everything out of a queue: it puts a mark behind what is there and reads up to it, so nothing that was there before is overlooked.
    /// </summary>
    public static async Task<IReadOnlyList<RawEnvelope>> TakeAllAsync(this IRawSide raw, string queue)
    {
        var mark = new RawEnvelope(Guid.NewGuid().ToString("N"));
        await raw.PublishAsync(queue, mark);
        await using var reader = await raw.ReadAsync(queue);
        var taken = new List<RawEnvelope>();
        while (await reader.NextAsync() is var message)
        {
            await reader.SettleAsync();
            if (message.Text == mark.Text)
            {
                break;
            }

            taken.Add(message);
        }

        return taken;
    }

    /// <summary>Asserts that no reply has come that was not read. Meant for when whoever could send one has closed.</summary>
    public static async Task AssertNoMoreRepliesAsync(this IRawSide raw)
    {
        var mark = new RawEnvelope(Guid.NewGuid().ToString("N"));
        await raw.PublishAsync(raw.ReplyQueue, mark);
        Assert.Equal(mark.Text, (await raw.NextReplyAsync()).Text);
    }
}
