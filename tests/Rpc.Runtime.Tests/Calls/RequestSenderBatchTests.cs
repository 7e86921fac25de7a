using Rpc.Batching;
using Rpc.Calls;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Which calls a sender puts into one message, and what that message says.</summary>
public sealed class RequestSenderBatchTests : IDisposable
{
    private readonly BatchTable _batches = new();

    public void Dispose() => _batches.Dispose();

    [Fact]
    public async Task Calls_that_wait_together_TravelTogetherInTheirOrder()
    {
        await _batches.GrowAsync();
        var calls = _batches.Start(50);
        await _batches.SendAsync();

        Assert.Equal([50], _batches.Shape);
        Assert.Equal(calls.Select(static call => call.Number), RawBatch.Read(_batches.Sent[0].Body).Frames.Select(static frame => frame.Number));
    }

    [Fact]
    public async Task Message_NamesTheServiceAndEachFrameItsCall()
    {
        await _batches.GrowAsync();
        var plain = _batches.Start(1)[0];
        var special = _batches.Start(_batches.Table.Create(
            TimeSpan.FromSeconds(7), 3, new RpcHeaders { { "tenant", "blue" } }, method: BatchTable.Quick));
        await _batches.SendAsync();

        var message = Assert.Single(_batches.Sent);
        Assert.Equal(("q", "test.Service", "rpc/1", BatchFormat.ContentType, 30_000L), (message.Queue, message.Type, message.AppId, message.ContentType, message.TimeToLive));
        Assert.Null(message.Headers);
        var batch = RawBatch.Read(message.Body);
        Assert.Equal(("application/json", _batches.Table.Calls.TimeOfDay), (batch.ContentType, batch.SentAt));
        Assert.Equal((plain.Number, "Quick", 30_000L, 1L, "0", (byte)1), Of(batch.Frames[0]));
        Assert.Equal((special.Number, "Quick", 7_000L, 1L, "000", (byte)3), Of(batch.Frames[1]));
        Assert.Equal([new("tenant", "blue")], batch.Frames[1].Headers);
        Assert.StartsWith(batch.Prefix, message.CorrelationId.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(message.CorrelationId.Text, new[] { plain, special }.Select(_batches.Table.IdOf));

        static (long, string, long, long, string, byte) Of(RawFrame frame) => (frame.Number, frame.Method, frame.Time, frame.Attempt, frame.Text, frame.Flags);
    }

    [Fact]
    public async Task Deadline_over_a_day_TakesTheLimitFromTheMessageAndNotFromItsCall()
    {
        await _batches.GrowAsync();
        _batches.Start(_batches.Table.Create(TimeSpan.FromSeconds(5), method: BatchTable.Quick));
        _batches.Start(_batches.Table.Create(TimeSpan.FromDays(2), method: BatchTable.Quick));
        await _batches.SendAsync();

        var message = Assert.Single(_batches.Sent);
        Assert.Equal(0, message.TimeToLive);
        Assert.Equal([5_000, 172_800_000], RawBatch.Read(message.Body).Frames.Select(static frame => frame.Time));
    }

    [Fact]
    public async Task Never_more_than_the_most_calls()
    {
        await _batches.GrowAsync();
        _batches.Start(300);
        await _batches.SendAsync();

        Assert.Equal([128, 128, 44], _batches.Shape);
    }

    [Fact]
    public async Task Never_more_than_the_most_bytes_AndWhatIsLargerGoesAlone()
    {
        await _batches.GrowAsync();
        _batches.Start(10, payloadSize: 20_000);
        _batches.Start(1, payloadSize: 100_000);
        _batches.Start(_batches.Table.Create(headers: Large(), method: BatchTable.Quick, payloadSize: 40_000));
        _batches.Start(_batches.Table.Create(headers: Large(), method: BatchTable.Quick, payloadSize: 40_000));
        await _batches.SendAsync();

        Assert.Equal([3, 3, 3, 1, 1, 1, 1], _batches.Shape);
        Assert.All(_batches.Sent, static message => Assert.True(message.Body.Length <= BatchFormat.MaxBytes || RawBatch.Read(message.Body).Frames.Count == 1));

        static RpcHeaders Large() => new() { { "large", new string('x', 16_000) } };
    }

    [Fact]
    public async Task Number_of_calls_AtMostDoublesWithEachBatchThatWasFullAndIsAnswered()
    {
        var waiting = _batches.Start(20);
        await _batches.SendAsync();
        Assert.Equal(Enumerable.Repeat(1, 20), _batches.Shape); // none is answered yet

        _batches.Answer(waiting[..1]);
        Assert.Equal(2, _batches.Policy.Cap);
        var two = _batches.Start(2);
        await _batches.SendAsync();
        _batches.Answer(two[..1]);
        Assert.Equal(4, _batches.Policy.Cap);
        _batches.Answer(two[1..]); // the same batch
        Assert.Equal(4, _batches.Policy.Cap);

        var three = _batches.Start(3);
        await _batches.SendAsync();
        _batches.Answer(three); // it was not as large as allowed
        Assert.Equal(4, _batches.Policy.Cap);
        Assert.Equal([2, 3], _batches.Shape.Skip(20));
    }

    [Theory]
    [InlineData(800)] // known as slow
    [InlineData(0)] // not known
    public async Task Slow_or_unknown_method_GoesAloneAndHoldsNobodyUp(int microseconds)
    {
        await _batches.GrowAsync();
        var method = new RpcMethod<int, int>("test.Service", "Other");
        if (microseconds > 0)
        {
            _batches.Policy.CostOf(method).Took(microseconds);
        }

        _batches.Start(5);
        _batches.Start(2, method);
        _batches.Start(5);
        await _batches.SendAsync(); // nothing is answered in between

        Assert.Equal([5, 1, 1, 5], _batches.Shape);
    }

    [Fact]
    public async Task Cost_that_replies_name_DecidesHowManyTravelTogether()
    {
        await _batches.GrowAsync();
        var calls = _batches.Start(1);
        await _batches.SendAsync();
        _batches.Answer(calls, microseconds: 997); // 1 + a quarter of 996 = 250
        _batches.Start(9);
        await _batches.SendAsync();

        Assert.Equal([1, 4, 4, 1], _batches.Shape);
    }

    [Fact]
    public async Task Attempts_after_the_first_and_calls_acknowledged_before_they_run_GoAloneInAFrame()
    {
        await _batches.GrowAsync();
        var early = new RpcMethod<int, int>("test.Service", "Early") { AckBeforeRun = true };
        _batches.Policy.CostOf(early).Took(1);
        _batches.Start(2);
        _batches.Start(_batches.Table.Create(attempt: 2, method: BatchTable.Quick));
        _batches.Start(2, early);
        _batches.Start(2);
        await _batches.SendAsync();

        Assert.Equal([2, 1, 1, 1, 2], _batches.Shape);
        Assert.Equal(2, RawBatch.Read(_batches.Sent[1].Body).Frames[0].Attempt);
    }

    [Fact]
    public async Task Bare_and_one_way_calls_AreNoFrames()
    {
        await _batches.GrowAsync();
        var tell = new RpcMethod<int, int>("test.Service", "Tell") { OneWay = true };
        _batches.Policy.CostOf(tell).Took(1);
        _batches.Start(2);
        _batches.Start(_batches.Table.Create(method: BatchTable.Quick, bare: true));
        _batches.Start(2, tell);
        _batches.Start(2);
        await _batches.SendAsync();

        Assert.Equal([2, 0, 0, 0, 2], _batches.Shape);
    }

    [Fact]
    public async Task Calls_of_different_contracts_or_formats_TravelApart()
    {
        await _batches.GrowAsync();
        var other = new RpcMethod<int, int>("other.Service", "Quick");
        _batches.Policy.CostOf(other).Took(1);
        _batches.Start(2);
        _batches.Start(2, other);
        for (var i = 0; i < 2; i++)
        {
            _batches.Start(_batches.Table.Create(method: other, contentType: "x/pack"));
        }

        await _batches.SendAsync();

        Assert.Equal([2, 2, 2], _batches.Shape);
        Assert.Equal(["test.Service", "other.Service", "other.Service"], _batches.Sent.Select(static message => message.Type));
        Assert.Equal("x/pack", RawBatch.Read(_batches.Sent[2].Body).ContentType);
    }

    [Fact]
    public async Task Call_that_ends_before_it_is_written_IsLeftOut()
    {
        await _batches.GrowAsync();
        using var source = new CancellationTokenSource();
        _batches.Start(1);
        _batches.Start(_batches.Table.Create(token: source.Token, method: BatchTable.Quick));
        _batches.Start(_batches.Table.Create(TimeSpan.FromSeconds(1), method: BatchTable.Quick));
        await source.CancelAsync();
        _batches.Table.Time.Advance(TimeSpan.FromSeconds(1.5));
        await _batches.SendAsync();

        Assert.Equal([1], _batches.Shape);
    }

    [Fact]
    public async Task Batch_that_provably_was_not_taken_GoesAgainInTheSameOrder()
    {
        await _batches.GrowAsync();
        var calls = _batches.Start(5);
        using var source = new CancellationTokenSource();
        _batches.Takes = _ =>
        {
            calls[2].Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent)); // while it is being sent
            return false;
        };
        await SendOnceAsync();
        _batches.Takes = static _ => true;
        await _batches.SendAsync();

        Assert.Equal([5, 4], _batches.Shape);
        Assert.Equal(calls.Where((_, i) => i != 2).Select(static call => call.Number), RawBatch.Read(_batches.Sent[1].Body).Frames.Select(static frame => frame.Number));
        await Poll.UntilAsync(() => calls[2].Payload.Written.IsEmpty, "its arguments are given back");
    }

    // A link that does not take a message takes none after it.
    private async Task SendOnceAsync()
    {
        var takes = _batches.Takes;
        _batches.Takes = message =>
        {
            _batches.Hold();
            return takes(message);
        };
        await _batches.SendAsync();
    }
}
