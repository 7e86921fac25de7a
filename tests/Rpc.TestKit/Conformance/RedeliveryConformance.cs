using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Requests that a server had before, which was then lost: whether it ran them nobody knows.</summary>
public abstract class RedeliveryConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const int OneWayRejected = 205;

    // The queue was declared by the raw party.
    private static readonly RpcServiceOptions s_asItIs = new() { Topology = RpcTopology.Passive };

    [Theory]
    [InlineData("Run")]
    [InlineData("Repeat")]
    [InlineData("RunAcknowledged")]
    public async Task Call_of_ours_is_not_run_whatever_its_method(string method)
    {
        var service = new TrialService();
        var client = await ConnectAsync();
        var trial = Proxy<ITrial>(client);
        var call = await LoseServerOfAsync(() => method switch
        {
            "Run" => trial.Run("q"),
            "Repeat" => trial.Repeat("q"),
            _ => trial.RunAcknowledged("q"),
        });

        await ServeAsync<ITrial>(service, serviceOptions: s_asItIs);

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        Assert.Equal("next", await trial.Run("next"));
        Assert.Equal(["next"], service.Entered);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Foreign_call_of_an_idempotent_method_is_run_again_and_told_so()
    {
        bool? redelivered = null;
        var raw = await RawAsync();
        await LoseServerOfAsync(() => raw.PublishAsync(Queue, TrialMessages.Request("Repeat", "q") with { ReplyTo = raw.ReplyQueue, CorrelationId = "1" }));

        await ServeAsync<ITrial>(
            new TrialService(text =>
            {
                redelivered = RpcCallContext.Current?.Redelivered;
                return Task.FromResult(text);
            }),
            serviceOptions: s_asItIs);

        Assert.Equal("\"q\"", (await raw.NextReplyAsync()).Text);
        Assert.True(redelivered);
    }

    [Fact]
    public async Task Foreign_call_of_any_other_method_is_not()
    {
        var service = new TrialService();
        var raw = await RawAsync();
        await LoseServerOfAsync(() => raw.PublishAsync(Queue, TrialMessages.Request("Run", "q") with { ReplyTo = raw.ReplyQueue, CorrelationId = "1" }));

        await ServeAsync<ITrial>(service, serviceOptions: s_asItIs);

        var fault = await raw.NextReplyAsync();
        Assert.Equal(("Aborted", "Redelivered", "True"), (fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Empty(service.Entered);
    }

    [Fact]
    public async Task Message_that_was_dead_lettered_counts_as_one_that_somebody_had()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var raw = await RawAsync();

        var run = await raw.CallAsync(Queue, TrialMessages.Request("Run", "q") with { WasDeadLettered = true });
        var repeated = await raw.CallAsync(Queue, TrialMessages.Request("Repeat", "again") with { WasDeadLettered = true });
        var own = await raw.CallAsync(Queue, TrialMessages.Request("Repeat", "own") with { WasDeadLettered = true, AppId = RawEnvelope.OwnAppId });

        Assert.Equal("Redelivered", run.Member("reason"));
        Assert.Equal("\"again\"", repeated.Text);
        Assert.Equal("Redelivered", own.Member("reason"));
        Assert.Equal(["again"], service.Entered);
    }

    [Fact]
    public async Task One_way_call_that_may_run_once_is_logged_and_dropped()
    {
        using var log = new LogRecorder();
        var service = new TrialService();
        var trial = await ConnectAsync<ITrial>();
        await await LoseServerOfAsync(() => trial.Note("lost"));

        var server = await ServeAsync<ITrial>(service, new RpcServerOptions { LoggerFactory = log }, s_asItIs);

        await Eventually.IsTrueAsync(() => log.Lines(OneWayRejected).Count == 1, "it is logged");
        Assert.Contains("ITrial/Note", log.Lines(OneWayRejected)[0].Text, StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.Empty(await (await RawAsync()).TakeAllAsync(Queue));
        Assert.Empty(service.Entered);
    }

    [Fact]
    public async Task One_way_call_that_may_run_again_is_run()
    {
        var service = new TrialService();
        var trial = await ConnectAsync<ITrial>();
        await await LoseServerOfAsync(() => trial.NoteAgain("kept"));

        await ServeAsync<ITrial>(service, serviceOptions: s_asItIs);

        Assert.Equal("kept", await service.NextAsync().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Running_call_of_a_server_that_is_cut_off_comes_to_another_one_which_does_not_run_it()
    {
        var gate = new Gate();
        var path = await OpenPathAsync();
        var (lost, other) = (new TrialService(async text =>
        {
            await gate.PassAsync();
            return text;
        }), new TrialService());
        await ServeAsync<ITrial>(lost, path: path);
        var client = await ConnectAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await gate.ArrivalsAsync();

        await ServeAsync<ITrial>(other);
        await path.CutAsync();

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        Assert.Empty(other.Entered);
        gate.Open();
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == 1, "the first server's reply comes late");
    }

    // Makes a call that a server takes which is then lost.
    private async Task<T> LoseServerOfAsync<T>(Func<T> call)
    {
        var (_, reader) = await ServeByHandAsync();
        var running = call();
        Assert.False((await reader.NextAsync()).Redelivered);
        await reader.DisposeAsync();
        return running;
    }
}
