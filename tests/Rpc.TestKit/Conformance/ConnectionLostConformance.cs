using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The client's connection is lost while it has calls.</summary>
public abstract class ConnectionLostConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Calls_that_were_sent_are_told_at_once_and_later_ones_work()
    {
        var (gate, path) = (new Gate(), await OpenPathAsync());
        await ServeAsync<ITrial>(new TrialService(AnswerAt(gate)));
        var client = await ConnectAsync(path: path);
        var trial = Proxy<ITrial>(client);
        var calls = Enumerable.Range(0, 10).Select(i => trial.Run($"wait {i}")).ToArray();
        await gate.ArrivalsAsync(10);

        await path.CutAsync();

        foreach (var call in calls)
        {
            await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
        }

        AssertNothingPending(client);
        Assert.Equal("next", await trial.Run("next").WithinDeadlineAsync());
        gate.Open();
    }

    [Fact]
    public async Task Idempotent_call_is_made_again_and_any_other_is_not()
    {
        var (gate, path) = (new Gate(), await OpenPathAsync());
        var attempts = new List<int>();
        var service = new TrialService(async (text, token) =>
        {
            if (RpcCallContext.Current!.Attempt == 1)
            {
                await gate.PassAsync(token);
            }

            return $"{text} {RpcCallContext.Current?.Attempt}";
        });
        await ServeAsync<ITrial>(service);
        var trial = Proxy<ITrial>(await ConnectAsync(new RpcClientOptions { Retry = new RpcRetryOptions() }, path));
        var (once, again) = (trial.Run("once"), trial.Repeat("again"));
        await gate.ArrivalsAsync(2);

        await path.CutAsync();

        await FailsAsync(once.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
        Assert.Equal("again 2", await again.WithinDeadlineAsync());
        Assert.Equal(["again", "again", "once"], service.Entered.Order());
        gate.Open();
    }

    [Fact]
    public async Task Server_that_lost_its_connection_takes_new_calls_again()
    {
        var path = await OpenPathAsync();
        await ServeAsync<ITrial>(new TrialService(), path: path);
        var trial = (await ConnectAsync<ITrial>()).With(new RpcCallOptions { Retry = new RpcRetryOptions() });
        Assert.Equal("before", await trial.Repeat("before"));

        for (var i = 0; i < 3; i++)
        {
            await path.CutAsync();
            Assert.Equal($"after {i}", await trial.Repeat($"after {i}").WithinDeadlineAsync());
        }
    }

    [Fact]
    public async Task Calls_run_on_at_the_server_and_their_replies_do_no_harm()
    {
        var (gate, path) = (new Gate(), await OpenPathAsync());
        var service = new TrialService(AnswerAt(gate));
        var server = await ServeAsync<ITrial>(service);
        var trial = Proxy<ITrial>(await ConnectAsync(path: path));
        var call = trial.Run("wait");
        await gate.ArrivalsAsync();
        await path.CutAsync();
        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
        gate.Open();

        Assert.Equal("next", await trial.Run("next").WithinDeadlineAsync());
        await server.DisposeAsync().AsTask().WithinDeadlineAsync();
        Assert.Empty(await (await RawAsync()).TakeAllAsync(Queue));
        Assert.Equal(["wait", "next"], service.Entered);
    }

    private static Func<string, Task<string>> AnswerAt(Gate gate) => async text =>
    {
        if (text.StartsWith("wait", StringComparison.Ordinal))
        {
            await gate.PassAsync();
        }

        return text;
    };
}
