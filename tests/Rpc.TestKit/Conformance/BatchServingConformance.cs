using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Batches that are written by hand, at a server of ours.</summary>
public abstract class BatchServingConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly string s_service = RpcContract<ITrial>.Get().Service;

    private readonly byte[] _nonce = RawBatch.NewNonce();

    [Fact]
    public async Task Each_call_is_answered_once_and_in_kind()
    {
        var service = new TrialService();
        var server = await ServeAsync<ITrial>(service);
        var raw = await RawAsync();
        await SendAsync(raw, [.. Enumerable.Range(1, 128).Select(static i => Call(i, "Run"))]);

        var replies = await ReadAsync(raw, 128);

        Assert.Equal(Enumerable.Range(1, 128).Select(static i => ((long)i, $"\"q{i}\"")), replies.OrderBy(static reply => reply.Number).Select(static reply => (reply.Number, reply.Text)));
        Assert.All(replies, static reply => Assert.True(reply is { Kind: RawFrame.Reply, Time: > 0, Flags: 0 }));
        await server.DisposeAsync();
        await raw.AssertNoMoreRepliesAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
        Assert.Equal(128, service.Entered.Count);
    }

    [Fact]
    public async Task What_is_wrong_with_one_call_is_told_to_that_one()
    {
        await ServeAsync<ITrial>(new TrialService());
        var raw = await RawAsync();
        await SendAsync(raw, Call(1, "Run"), Call(2, "NoSuchMethod"), new RawFrame(3, "Run", "[]"), Call(4, "Repeat"));

        var replies = (await ReadAsync(raw, 4)).ToDictionary(static reply => reply.Number);

        Assert.Equal(["\"q1\"", "\"q4\""], [replies[1].Text, replies[4].Text]);
        Assert.Contains("UnknownMethod", replies[2].Text, StringComparison.Ordinal);
        Assert.Contains("BadRequest", replies[3].Text, StringComparison.Ordinal);
        Assert.All(replies.Values, static reply => Assert.Equal(reply.Number is 2 or 3, reply.Flags == RawFrame.IsFault));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("version")]
    [InlineData("kind")]
    [InlineData("reply")]
    [InlineData("129 frames")]
    [InlineData("app_id")]
    public async Task Batch_that_cannot_be_read_runs_none_of_it_and_is_answered_once(string what)
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var raw = await RawAsync();
        var batch = new RawBatch(_nonce, what switch
        {
            "kind" => [Call(1, "Run"), new RawFrame(200, 2, default) { Flags = RawFrame.RefuseIfUnknown, Rest = [] }],
            "reply" => [Call(1, "Run"), new RawFrame(2, "1")],
            "129 frames" => [.. Enumerable.Range(1, 129).Select(static i => Call(i, "Run"))],
            _ => [Call(1, "Run"), Call(2, "Run")],
        });
        var message = batch.ToRequest(s_service, raw.ReplyQueue);
        var body = batch.ToBytes();
        await raw.PublishAsync(Queue, what switch
        {
            "cut" => message with { Body = body.AsMemory(0, body.Length - 1) },
            "empty" => message with { Body = default },
            "version" => message with { Body = (byte[])[2, .. body[1..]] },
            "app_id" => message with { AppId = "another" },
            _ => message,
        });

        var fault = await raw.NextReplyAsync();

        Assert.Equal(message.CorrelationId, fault.CorrelationId);
        Assert.Equal((true, "Unimplemented", "Batch", "False"), (fault.IsFault, fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
        await SendAsync(raw, Call(9, "Run"));
        Assert.Equal("\"q9\"", Assert.Single(await ReadAsync(raw, 1)).Text);
        Assert.Equal(["q9"], service.Entered);
    }

    [Fact]
    public async Task Frame_of_a_kind_that_may_be_passed_over_is()
    {
        await ServeAsync<ITrial>(new TrialService());
        var raw = await RawAsync();
        await SendAsync(raw, new RawFrame(200, 1, default) { Rest = [1, 2, 3] }, Call(2, "Run"), new RawFrame(3, 4, default) { Rest = [] });

        Assert.Equal(2, Assert.Single(await ReadAsync(raw, 1)).Number);
    }

    [Fact]
    public async Task Each_call_shows_its_own_headers_deadline_and_attempt_and_not_the_wires_own()
    {
        await ServeAsync<ITrial>(new TrialService(static text =>
        {
            var context = RpcCallContext.Current!;
            var headers = string.Join(",", context.Headers.OrderBy(static header => header.Key, StringComparer.Ordinal).Select(static header => $"{header.Key}={header.Value}"));
            return Task.FromResult($"{text} {context.Attempt} {(context.TimeLeft is { } left ? left > TimeSpan.FromSeconds(30) ? "long" : "short" : "no")} {headers}");
        }));
        var raw = await RawAsync();
        await SendAsync(
            raw,
            Call(1, "Run") with { Time = 20_000, Attempt = 2, Headers = [new("tenant", "blue"), new("rpc-sent", "1")] },
            Call(2, "Run") with { Time = 90_000 },
            Call(3, "Run") with { Headers = [new("a", ""), new("b", "ä")] });

        var replies = (await ReadAsync(raw, 3)).OrderBy(static reply => reply.Number).Select(static reply => reply.Text);
        Assert.Equal(["\"q1 2 short tenant=blue\"", "\"q2 1 long \"", "\"q3 1 no a=,b=ä\""], replies);
    }

    [Fact]
    public async Task Caller_that_does_not_say_when_it_sent_ages_no_call()
    {
        var clock = CreateClock();
        await ServeAsync<ITrial>(new TrialService(), new RpcServerOptions { TimeProvider = clock.Time });
        var raw = await RawAsync();
        for (var i = 1; i < 4; i++)
        {
            await SendAsync(raw, Call(i, "Run") with { Time = 5_000 });
            Assert.Equal($"\"q{i}\"", Assert.Single(await ReadAsync(raw, 1)).Text);
            clock.Advance(TimeSpan.FromSeconds(4));
        }
    }

    [Fact]
    public async Task Message_that_somebody_had_is_told_to_each_call_and_answered_calls_get_their_answers()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var raw = await RawAsync();
        await SendAsync(raw, Call(1, "Run"), Call(2, "Run"));
        await ReadAsync(raw, 2);
        await SendAsync(raw, Call(9, "Run")); // when this is answered, the others are settled
        await ReadAsync(raw, 1);
        var again = new RawBatch(_nonce, Call(1, "Run"), Call(2, "Run"), Call(3, "Repeat"), Call(4, "NoteAgain", "line"));
        await raw.PublishAsync(Queue, again.ToRequest(s_service, raw.ReplyQueue) with { WasDeadLettered = true });

        var replies = (await ReadAsync(raw, 4)).ToDictionary(static reply => reply.Number);

        Assert.Equal(["\"q1\"", "\"q2\""], [replies[1].Text, replies[2].Text]);
        Assert.All([replies[3], replies[4]], static reply => Assert.Contains("\"reason\":\"Redelivered\",\"mayHaveRun\":true", reply.Text, StringComparison.Ordinal));
        Assert.Equal(["q1", "q2", "q9"], service.Entered.Order());
    }

    private static RawFrame Call(long number, string method, string? text = null) => new(number, method, $$"""{"text":"{{text ?? $"q{number}"}}"}""");

    private Task SendAsync(IRawSide raw, params RawFrame[] frames) => raw.PublishAsync(Queue, new RawBatch(_nonce, frames).ToRequest(s_service, raw.ReplyQueue));

    // In however many messages; those to calls that were answered before come by themselves.
    private async Task<List<RawFrame>> ReadAsync(IRawSide raw, int count)
    {
        var replies = new List<RawFrame>();
        while (replies.Count < count)
        {
            var message = await raw.NextReplyAsync();
            Assert.Equal(RawEnvelope.OwnAppId, message.AppId);
            if (message.ContentType == RawEnvelope.WorkingContentType)
            {
                continue; // of a call that is being settled while the test moves the server's clock
            }

            if (message.ContentType == RawBatch.ContentTypeOfBatches)
            {
                var batch = RawBatch.Read(message.Body);
                Assert.Equal(_nonce, batch.Nonce);
                Assert.Equal("application/json", batch.ContentType);
                replies.AddRange(batch.Frames);
            }
            else
            {
                var number = Convert.ToInt64(message.CorrelationId!.Split('.')[^1], 16);
                replies.Add(new RawFrame(RawFrame.Reply, number, message.Body) { Flags = message.IsFault ? RawFrame.IsFault : (byte)0 });
            }
        }

        return replies;
    }
}
