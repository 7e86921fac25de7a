using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.FaultPoints;

/// <summary>Encoding, sending and reading the reply fail, and settling the request.</summary>
public abstract class ReplyFaultConformance(IConformanceBroker broker) : FaultPointTest(broker)
{
    [Fact]
    public async Task Encoding_the_result_throws_after_it_has_written()
    {
        var service = new ProbeService();
        await StartAsync(service);
        AtServer.Written = static _ => throw new InvalidOperationException("out of ink");

        var failure = await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);

        Assert.Contains("out of ink", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.Entered);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Encoding_the_result_throws_and_a_foreign_caller_gets_one_reply()
    {
        await StartAsync(new ProbeService());
        AtServer.Written = static _ => throw new InvalidOperationException("out of ink");

        AssertFault(await OnlyReplyAsync("q"), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);
    }

    [Fact]
    public async Task Encoding_a_detail_throws_and_the_refusal_arrives()
    {
        await StartAsync(new ProbeService(static (text, _) => text == "q" ? throw new RpcException(RpcStatus.NotFound, "no order 7", 7) : Task.FromResult(text)));
        AtServer.WritingDetail = static _ => throw new InvalidOperationException("out of ink");

        var failure = await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        Assert.Equal("no order 7", failure.Message);
        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_the_reply_throws_so_the_caller_is_told_that_there_is_no_result(bool later)
    {
        await StartAsync(new ProbeService());
        Replying.Meets = (reply, send) => reply.ContentType == RawEnvelope.FaultContentType ? send(reply) : Failing.Throw<bool>(later);

        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);

        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_the_reply_throws_and_a_foreign_caller_gets_one_reply(bool later)
    {
        await StartAsync(new ProbeService());
        Replying.Meets = (reply, send) => reply.ContentType == RawEnvelope.FaultContentType ? send(reply) : Failing.Throw<bool>(later);

        AssertFault(await OnlyReplyAsync("q"), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_any_reply_throws_so_the_deadline_ends_the_call(bool later)
    {
        var service = new ProbeService();
        await StartAsync(service);
        Replying.Meets = (_, _) => Failing.Throw<bool>(later);

        await FailsAsync(Hasty().Ask("q").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);

        Assert.Equal(1, service.Entered);
        await AssertWholeAsync(replies: 0);
    }

    [Fact]
    public async Task Reply_is_not_taken_so_it_is_sent_another_way()
    {
        var service = new ProbeService();
        await StartAsync(service);
        Replying.Meets = static (_, _) => new ValueTask<bool>(false);

        Assert.Equal("q", await Probe.Ask("q").WithinDeadlineAsync());

        Assert.Equal(1, service.Entered);
        await AssertWholeAsync(replies: 0);
    }

    [Fact]
    public async Task Sending_the_reply_hangs_past_the_deadline_and_holds_only_its_own_place()
    {
        await StartAsync(new ProbeService());
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = 0;
        Replying.Meets = async (reply, send) =>
        {
            if (Interlocked.Exchange(ref first, 1) == 0)
            {
                await hang.Task;
            }

            return await send(reply);
        };

        await FailsAsync(Hasty().Ask("q").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        var other = Batching ? await ConnectAsync<IProbe>() : Probe; // replies that travel together are sent one after the other, to each client
        Assert.Equal("beside it", await other.Ask("beside it").WithinDeadlineAsync());
        Assert.Equal(0, Client.Calls.Count);

        hang.SetResult();
        await Eventually.IsTrueAsync(() => Client.Calls.Unmatched == 1, "the late reply has come and was dropped");
        await AssertWholeAsync(unmatched: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Settling_throws_and_the_callers_have_their_replies(bool later)
    {
        await StartAsync(new ProbeService());
        var thrown = 0;
        Replying.AcknowledgementMeets = settle =>
            Interlocked.Increment(ref thrown) % 2 == 0 ? settle() // the second try
            : later ? Failing.ThrowLaterAsync()
            : throw new InvalidOperationException("at once");

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"{i}", await Probe.Ask($"{i}").WithinDeadlineAsync());
        }

        var host = Assert.Single(Replying.Hosts);
        await host.WhenIdleAsync().WithinDeadlineAsync();
        Assert.Equal(0, host.Running.Count);
        Assert.All(Replying.Deliveries, delivery => Assert.Equal((delivery.Calls, 1), (delivery.Replies, delivery.Released)));
    }

    [Fact]
    public async Task Reading_the_reply_throws()
    {
        await StartAsync(new ProbeService());
        AtClient.Reading = static _ => throw new InvalidOperationException("blurred");

        var failure = await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);

        Assert.Contains("blurred", failure.Message, StringComparison.Ordinal);
        await AssertWholeAsync();
    }
}
