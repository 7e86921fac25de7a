using Rpc.TestKit.Broker;
using Rpc.Transport.Memory;

namespace Rpc.Integration.Tests.Overload;

/// <summary>
/// With half as many calls again as a server can do, most of what it runs is still answered in time, because what is too late is not started. The figures
/// come from counting, not from speed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OverloadTests(BrokerFixture fixture)
{
    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Over_RabbitMq() => await AssertMostInTimeAsync(new OverloadRun(await fixture.GetAmqpUriAsync()), TimeSpan.FromSeconds(3));

    [Fact]
    public async Task Over_the_embedded_broker() => await AssertMostInTimeAsync(new OverloadRun($"memory://overload-{Guid.NewGuid():N}"), TimeSpan.FromSeconds(3));

    [Fact]
    public async Task Over_RabbitMq_with_an_alarm_in_the_middle()
    {
        await using var broker = await BrokerFixture.StartPrivateAsync();
        await AssertMostInTimeAsync(new OverloadRun(broker.Uri), TimeSpan.FromSeconds(8), async () =>
        {
            await PauseAsync(TimeSpan.FromSeconds(1.5));
            await broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
            await PauseAsync(s_held);
            await broker.RunCtlAsync("set_vm_memory_high_watermark", "0.6");
        });
    }

    [Fact]
    public async Task Over_the_embedded_broker_with_an_alarm_in_the_middle()
    {
        var name = $"overload-{Guid.NewGuid():N}";
        await AssertMostInTimeAsync(new OverloadRun($"memory://{name}"), TimeSpan.FromSeconds(7), async () =>
        {
            await PauseAsync(TimeSpan.FromSeconds(1.5));
            MemoryBroker.Get(name).Block();
            await PauseAsync(s_held);
            MemoryBroker.Get(name).Unblock();
        });
    }

    private static async Task AssertMostInTimeAsync(OverloadRun run, TimeSpan time, Func<Task>? alarm = null)
    {
        await run.RunAsync(time, alarm);
        Assert.True(run.Ran > 100, $"the server ran {run.Ran} calls only; {run.Ends}");
        Assert.True(run.Made > run.Ran, $"it was no overload: all {run.Made} calls were run");
        Assert.True(run.Answered > 0.6 * run.Ran, $"of {run.Ran} calls that the server ran, {run.Answered} were answered in time; {run.Ends}");
        Assert.True(alarm is null || run.Blocked > 0, $"no call met the alarm; {run.Ends}");
    }

    // How long the load goes on before and while something happens: it is the load's own length, and nothing is waited for.
    private static async Task PauseAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
