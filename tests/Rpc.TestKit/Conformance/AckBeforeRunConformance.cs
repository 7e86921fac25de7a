using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Methods whose requests are acknowledged before they run: the broker never gives one to a second server.</summary>
public abstract class AckBeforeRunConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Call_of_a_server_that_is_cut_off_is_answered_by_it_and_comes_to_no_other()
    {
        var (gate, path) = (new Gate(), await OpenPathAsync());
        var (first, other) = (new TrialService(AnswerAt(gate)), new TrialService());
        await ServeAsync<ITrial>(first, path: path);
        var client = await ConnectAsync();
        var call = Proxy<ITrial>(client).RunAcknowledged("q");
        await gate.ArrivalsAsync();
        await ServeAsync<ITrial>(other);

        await path.CutAsync();
        Assert.Equal("next", await Proxy<ITrial>(client).With(new RpcCallOptions { Retry = new RpcRetryOptions() }).Repeat("next").WithinDeadlineAsync());
        Assert.False(call.IsCompleted);
        gate.Open();

        Assert.Equal("q", await call.WithinDeadlineAsync());
        Assert.DoesNotContain("q", other.Entered);
        Assert.Single(first.Entered, "q");
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Call_has_an_outcome_as_any_other()
    {
        var service = new TrialService(text => text switch
        {
            "refused" => throw new RpcException(RpcStatus.NotFound, "nothing"),
            "broken" => throw new InvalidOperationException("a bug"),
            _ => Task.FromResult(text),
        });
        var server = await ServeAsync<ITrial>(service);
        var trial = await ConnectAsync<ITrial>();

        Assert.Equal("q", await trial.RunAcknowledged("q"));
        await FailsAsync(trial.RunAcknowledged("refused"), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);
        await FailsAsync(trial.RunAcknowledged("broken"), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
        await server.DisposeAsync();
        Assert.Empty(await (await RawAsync()).TakeAllAsync(Queue));
    }

    [Fact]
    public async Task Unreadable_request_is_told()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);

        var fault = await (await RawAsync()).CallAsync(Queue, TrialMessages.Request("RunAcknowledged", "q") with { Body = "{"u8.ToArray() });

        Assert.Equal(("BadRequest", "False"), (fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Empty(service.Entered);
    }

    [Fact]
    public async Task Draining_server_finishes_what_it_has_acknowledged()
    {
        var gate = new Gate();
        var server = await ServeAsync<ITrial>(new TrialService(AnswerAt(gate)));
        var trial = await ConnectAsync<ITrial>();
        var call = trial.RunAcknowledged("q");
        await gate.ArrivalsAsync();

        var stopping = server.DisposeAsync().AsTask();
        gate.Open();

        Assert.Equal("q", await call.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
    }

    private static Func<string, Task<string>> AnswerAt(Gate gate) => async text =>
    {
        if (text == "q")
        {
            await gate.PassAsync();
        }

        return text;
    };
}
