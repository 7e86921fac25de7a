using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The wire that programs without this library speak: just the argument, just the result.</summary>
public abstract class BareConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Both_sides_ours()
    {
        await RawAsync();
        await ServeAsync<IBareFib>(new BareFibService());
        var client = await ConnectAsync();
        var fib = Proxy<IBareFib>(client);

        var answers = await Task.WhenAll(fib.Fib(0), fib.Fib(1), fib.Fib(10), fib.Fib(30));

        Assert.Equal([0, 1, 55, 832040], answers);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Foreign_client_gets_just_the_result()
    {
        await ServeAsync<IBareFib>(new BareFibService());

        var reply = await (await RawAsync()).CallAsync(Queue, new RawEnvelope("30"));

        Assert.Equal("832040", reply.Text);
        Assert.Equal((null, null, null), (reply.ContentType, reply.Type, reply.ReplyTo));
    }

    [Theory]
    [InlineData("thirty")]
    [InlineData("")]
    [InlineData("30 30")]
    [InlineData("3.5")]
    [InlineData("null")]
    [InlineData("{\"n\":30}")]
    public async Task Body_that_cannot_be_read_gets_one_fault(string body)
    {
        var service = new BareFibService();
        var server = await ServeAsync<IBareFib>(service);
        var raw = await RawAsync();

        var fault = await raw.CallAsync(Queue, new RawEnvelope(body));

        Assert.True(fault.IsFault);
        Assert.Equal(("InvalidArgument", "BadRequest", "False"), (fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Equal(0, service.Entered);
        Assert.Equal("832040", (await raw.CallAsync(Queue, new RawEnvelope("30"))).Text);
        await server.DisposeAsync();
        await raw.AssertNoMoreRepliesAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
    }

    [Fact]
    public async Task Foreign_server_sees_just_the_argument()
    {
        var (raw, reader) = await ReadAsync();
        var fib = await ConnectAsync<IBareFib>();

        var call = fib.Fib(30);
        var request = await reader.NextAsync();
        await raw.ReplyAsync(request, "832040");

        Assert.Equal(832040, await call);
        Assert.Equal(("30", null, null), (request.Text, request.Type, request.ContentType));
        Assert.NotNull(request.CorrelationId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("error")]
    [InlineData("null")]
    public async Task Foreign_server_that_fails_in_its_own_way_is_told_as_a_bad_reply(string body)
    {
        var (raw, reader) = await ReadAsync();
        var client = await ConnectAsync();

        var call = Proxy<IBareFib>(client).Fib(30);
        await raw.ReplyAsync(await reader.NextAsync(), body);

        await FailsAsync(call, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Method_without_parameters_sends_nothing_and_ignores_what_comes()
    {
        await ServeAsync<IBareClock>(new BareClockService());
        var raw = await RawAsync();

        Assert.Equal("noon", await (await ConnectAsync<IBareClock>()).Now());
        Assert.Equal("\"noon\"", (await raw.CallAsync(Queue, new RawEnvelope(""))).Text);
        Assert.Equal("\"noon\"", (await raw.CallAsync(Queue, new RawEnvelope("whatever"))).Text);
    }

    [Fact]
    public async Task Method_without_parameters_has_an_empty_body_on_the_wire()
    {
        var (raw, reader) = await ReadAsync();
        var clock = await ConnectAsync<IBareClock>();

        var call = clock.Now();
        var request = await reader.NextAsync();
        await raw.ReplyAsync(request, "\"noon\"");

        Assert.Equal("noon", await call);
        Assert.True(request.Body.IsEmpty);
    }

    [Fact]
    public async Task Method_without_result_gets_an_empty_reply()
    {
        var service = new BareSinkService();
        await ServeAsync<IBareSink>(service);
        var raw = await RawAsync();
        var sink = await ConnectAsync<IBareSink>();

        await sink.Tell("ours");
        await sink.Tell(null);
        var reply = await raw.CallAsync(Queue, new RawEnvelope("\"theirs\""));

        Assert.Equal((true, false), (reply.Body.IsEmpty, reply.IsFault));
        Assert.Equal(["ours", null, "theirs"], service.Lines);
    }

    [Fact]
    public async Task Refusal_reaches_our_client_as_any_other()
    {
        await RawAsync();
        await ServeAsync<IBareClock>(new RefusingClock());

        var failure = await FailsAsync((await ConnectAsync<IBareClock>()).Now(), RpcStatus.Unavailable, RpcReason.None, mayHaveRun: true);

        Assert.Equal("broken", failure.Message);
    }

    [Fact]
    public async Task Request_that_another_server_had_before_is_run()
    {
        var service = new BareFibService();
        var call = await HandBackAsync<IBareFib, long>(static fib => fib.Fib(30));

        await ServeAsync<IBareFib>(service);

        Assert.Equal(832040, await call.WithinDeadlineAsync());
        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Server_that_stops_hands_back_what_it_has_not_started()
    {
        await RawAsync();
        var first = await ServeAsync<IBareFib>(new BareFibService(), serviceOptions: new RpcServiceOptions { MaxConcurrency = 4 });
        var fib = await ConnectAsync<IBareFib>();

        var calls = Enumerable.Range(0, 400).Select(i => fib.Fib(i % 50)).ToArray();
        await Task.WhenAny(calls).WithinDeadlineAsync();
        await first.DisposeAsync().AsTask().WithinDeadlineAsync();
        await ServeAsync<IBareFib>(new BareFibService());

        var answers = await Task.WhenAll(calls).WithinDeadlineAsync();
        Assert.Equal((0, 1, 55), (answers[0], answers[1], answers[60]));
    }

    // A server written by hand takes the call, and leaves without having settled it.
    private async Task<Task<TResult>> HandBackAsync<TContract, TResult>(Func<TContract, Task<TResult>> call)
        where TContract : class
    {
        var raw = await RawAsync();
        await raw.DeclareAsync(Queue);
        var contract = await ConnectAsync<TContract>();
        await using var reader = await raw.ReadAsync(Queue);
        var running = call(contract);
        await reader.NextAsync();
        return running;
    }

    private async Task<(IRawSide Raw, IRawReader Reader)> ReadAsync()
    {
        var raw = await RawAsync();
        await raw.DeclareAsync(Queue);
        return (raw, Keep(await raw.ReadAsync(Queue)));
    }

    private sealed class RefusingClock : IBareClock
    {
        public Task<string> Now(CancellationToken cancellationToken) => throw new RpcException(RpcStatus.Unavailable, "broken");
    }
}
