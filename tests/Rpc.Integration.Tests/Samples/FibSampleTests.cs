using Rpc.TestKit.Broker;

namespace Rpc.Integration.Tests.Samples;

public sealed class FibSampleTests(BrokerFixture fixture)
{
    [Fact]
    public async Task Without_arguments_it_prints_all_numbers_and_the_thirtieth_last()
    {
        var run = await FibProgram.RunAsync();

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(31, run.Lines.Count);
        Assert.Equal("fib(30) = 832040", run.Lines[^1]);
        Assert.Equal(31, run.Lines.Distinct().Count());
        Assert.Contains("fib(0) = 0", run.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_and_server_meet_over_a_broker_and_the_server_drains_when_told_to_stop(bool bare)
    {
        var uri = await fixture.GetAmqpUriAsync();
        string[] where = ["--broker", uri, "--queue", $"rpc_queue.{Guid.NewGuid():N}", .. bare ? ["--bare"] : Array.Empty<string>()];
        await using var server = await FibProgram.StartServerAsync([.. where, "--concurrency", "1"]);

        var number = await FibProgram.RunAsync(["client", "30", .. where, "--timeout", "10s"]);
        var refused = await FibProgram.RunAsync(["client", "-1", .. where]);
        var stopped = await server.StopAsync();

        Assert.True(number.ExitCode == 0, number.Errors);
        Assert.Equal(["832040"], number.Lines);
        Assert.Equal((1, "fib: n must be 0 to 92, and it is -1."), (refused.ExitCode, refused.Errors));
        Assert.Equal(0, stopped.ExitCode);
        Assert.Contains("Draining.", stopped.Lines);
    }

    [Fact]
    public async Task A_call_that_runs_when_the_server_is_told_to_stop_is_still_answered()
    {
        await using var broker = await BrokerFixture.StartPrivateAsync();
        await using var server = await FibProgram.StartServerAsync("--broker", broker.Uri, "--delay", "2s");
        var call = FibProgram.RunAsync("client", "30", "--broker", broker.Uri);
        await WaitUntilServedAsync(broker);

        var stopped = await server.StopAsync();

        Assert.Equal(0, stopped.ExitCode);
        Assert.Equal(["832040"], (await call).Lines);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("client", "thirty", "--broker", "amqp://localhost")]
    [InlineData("client", "30")]
    [InlineData("client", "30", "--broker", "http://localhost")]
    [InlineData("client", "30", "--broker", "amqp://localhost", "--timeout", "5 parsecs")]
    [InlineData("client", "30", "--broker", "amqp://guest:topsecret@127.0.0.1:1")]
    [InlineData("server", "--broker", "amqp://guest:topsecret@127.0.0.1:1")]
    [InlineData("server", "--broker", "memory://x", "--concurrency", "0")]
    public async Task Whatever_is_wrong_is_one_readable_line_and_a_failure(params string[] arguments)
    {
        var run = await FibProgram.RunAsync(arguments);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(run.Lines);
        Assert.StartsWith("fib: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", run.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("server", "--help")]
    [InlineData("client", "--help")]
    public async Task Help_says_what_there_is(params string[] arguments)
    {
        var run = await FibProgram.RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("Usage:", StringComparison.Ordinal));
        Assert.Empty(run.Errors);
    }

    // A request that runs is one that the broker has delivered and whose acknowledgement it waits for.
    private static async Task WaitUntilServedAsync(PrivateBroker broker)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline;)
        {
            var unacknowledged = await broker.RunCtlAsync("list_queues", "--quiet", "--no-table-headers", "messages_unacknowledged");
            if (unacknowledged.Split('\n', StringSplitOptions.TrimEntries).Contains("1"))
            {
                return;
            }
        }

        Assert.Fail("The request never reached the server.");
    }
}
