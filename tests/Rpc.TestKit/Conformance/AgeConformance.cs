using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Time that requests spend on their way counts, although the clocks of callers and servers need not agree. All clocks here are moved by hand.</summary>
public abstract class AgeConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly RpcServiceOptions s_oneAtATime = new() { MaxConcurrency = 1 };

    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(20)]
    public async Task First_calls_of_a_client_never_are_too_old_whatever_its_clock_says(int years)
    {
        var (clients, servers) = (CreateClock(), CreateClock());
        (years < 0 ? clients : servers).Advance(TimeSpan.FromDays(365.0 * Math.Abs(years)));
        await ServeAsync<ITrial>(new TrialService(), new RpcServerOptions { TimeProvider = servers.Time });
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = clients.Time });

        Assert.Equal("first", await trial.Run("first").WithinDeadlineAsync());
        Assert.Equal("second", await trial.Run("second").WithinDeadlineAsync());
    }

    [Theory]
    [InlineData(-20, 29, true)]
    [InlineData(-20, 31, false)]
    [InlineData(20, 29, true)]
    [InlineData(20, 31, false)]
    public async Task Time_in_the_queue_counts(int years, int seconds, bool runs)
    {
        var (clients, servers, gate) = (CreateClock(), CreateClock(), new Gate());
        (years < 0 ? clients : servers).Advance(TimeSpan.FromDays(365.0 * Math.Abs(years)));
        var service = new TrialService(async text =>
        {
            if (text == "slow")
            {
                await gate.PassAsync();
            }

            return text;
        });
        await ServeAsync<ITrial>(service, new RpcServerOptions { TimeProvider = servers.Time }, s_oneAtATime);
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = clients.Time });
        var slow = trial.Repeat("slow");
        await gate.ArrivalsAsync();

        // It waits in the broker, since the server takes one at a time. Another method: what that usually takes has no say here.
        var (raw, behind) = (await RawAsync(), trial.Run("behind"));
        await Eventually.IsTrueAsync(async () => await raw.CountAsync(Queue) == 1, "the request waits in the queue");
        servers.Advance(TimeSpan.FromSeconds(seconds));
        gate.Open();

        Assert.Equal("slow", await slow.WithinDeadlineAsync());
        if (runs)
        {
            Assert.Equal("behind", await behind.WithinDeadlineAsync());
        }
        else
        {
            await FailsAsync(behind.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.Expired, mayHaveRun: false);
        }

        Assert.Equal(runs, service.Entered.Contains("behind"));
    }

    [Fact]
    public async Task Call_with_less_time_left_than_its_method_usually_takes_is_not_started()
    {
        var (clients, servers) = (CreateClock(), CreateClock());
        var service = new TrialService(text =>
        {
            if (text is "usual" or "patient")
            {
                servers.Advance(TimeSpan.FromSeconds(4));
                clients.Advance(TimeSpan.FromSeconds(4));
            }

            return Task.FromResult(text);
        });
        await ServeAsync<ITrial>(service, new RpcServerOptions { TimeProvider = servers.Time });
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = clients.Time });
        var hurried = trial.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(3) });
        Assert.Equal("usual", await trial.Run("usual").WithinDeadlineAsync());

        var failure = await FailsAsync(hurried.Run("hurried").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.Expired, mayHaveRun: false);

        Assert.Contains("3000 ms", failure.Message, StringComparison.Ordinal);
        Assert.Equal("other method", await hurried.Repeat("other method").WithinDeadlineAsync());
        Assert.Equal("patient", await trial.Run("patient").WithinDeadlineAsync());

        // What has not been measured for ten seconds is unknown again: else such calls would never be tried again.
        servers.Advance(TimeSpan.FromSeconds(10));
        clients.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("later", await hurried.Run("later").WithinDeadlineAsync());
        Assert.DoesNotContain("hurried", service.Entered);
    }

    [Fact]
    public async Task Foreign_callers_word_of_when_it_sent_is_not_taken()
    {
        var clock = CreateClock();
        await ServeAsync<ITrial>(new TrialService(), new RpcServerOptions { TimeProvider = clock.Time });
        var raw = await RawAsync();

        foreach (var sentAt in new[] { long.MinValue, 0, long.MaxValue, 0 })
        {
            Assert.Equal("\"q\"", (await raw.CallAsync(Queue, TrialMessages.Request("Run", "q") with { TimeToLive = 60_000, SentAt = sentAt })).Text);
        }
    }
}
