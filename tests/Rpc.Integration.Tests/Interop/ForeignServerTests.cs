using Rpc.TestKit.Broker;
using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Interop;

/// <summary>Our client calls programs that know nothing of this library.</summary>
public sealed class ForeignServerTests(BrokerFixture fixture) : InteropTests(fixture)
{
    [Theory]
    [InlineData("fib_server.py")]
    [InlineData("FibServer.java")]
    public async Task Foreign_server_answers(string program)
    {
        await using var server = await ForeignProgram.StartAsync(program, await UriAsync(), Queue);
        await using var client = await ConnectAsync();
        var fib = Create(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 31).Select(n => fib.Fib(n)));

        Assert.Equal(832040, answers[30]);
        Assert.Equal(Enumerable.Range(2, 29).Select(n => answers[n - 1] + answers[n - 2]), answers.Skip(2));
        Assert.Equal(0, client.Calls.Count);
    }

    [Fact]
    public async Task Server_that_fails_and_replies_with_an_empty_body_is_a_clear_fault()
    {
        await using var server = await ForeignProgram.StartAsync("FibServer.java", await UriAsync(), Queue, "--fail-with-empty-body");
        await using var client = await ConnectAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => Create(client).Fib(-1));

        Assert.Equal((RpcStatus.Internal, RpcReason.BadReply, true), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Contains("empty", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Queue, failure.Message, StringComparison.Ordinal);
        Assert.Equal(832040, await Create(client).Fib(30));
    }

    [Fact]
    public async Task Slow_calls_spread_over_two_of_our_servers_and_a_foreign_one()
    {
        const int Calls = 30;
        var slow = TimeSpan.FromMilliseconds(50);
        TutorialFib[] ours = [new(slow), new(slow)];
        await using var foreign = await ForeignProgram.StartAsync("fib_server.py", await UriAsync(), Queue, "--delay-ms", "50");
        await using var first = await StartServerAsync(ours[0], new RpcServiceOptions { MaxConcurrency = 1 });
        await using var second = await StartServerAsync(ours[1], new RpcServiceOptions { MaxConcurrency = 1 });
        await using var client = await ConnectAsync();

        var answers = await Task.WhenAll(Enumerable.Repeat(20, Calls).Select(n => Create(client).Fib(n)));

        // With prefetch 1 nobody holds back what another could take: each gets its share, give or take.
        Assert.All(answers, answer => Assert.Equal(6765, answer));
        var served = new[] { ours[0].Served.Count, ours[1].Served.Count, foreign.Lines.Count(line => line == "20=6765") };
        Assert.Equal(Calls, served.Sum());
        Assert.All(served, count => Assert.InRange(count, Calls / 6, Calls / 2));
    }
}
