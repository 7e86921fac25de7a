using Rpc.TestKit.Broker;
using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Interop;

/// <summary>Programs that know nothing of this library call our server.</summary>
public sealed class ForeignClientTests(BrokerFixture fixture) : InteropTests(fixture)
{
    [Theory]
    [InlineData("fib_client_blocking.py")] // one call at a time
    [InlineData("fib_client_pipelined.py")] // all calls in flight on one reply queue
    [InlineData("FibClient.java")] // a new reply queue for each call
    public async Task Foreign_client_is_answered(string program)
    {
        await using var server = await StartServerAsync(new TutorialFib());

        var run = await ForeignProgram.RunToEndAsync(program, [await UriAsync(), Queue, "0", "1", "10", "30", "90"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["0=0", "1=1", "10=55", "30=832040", "90=2880067194370816120"], run.Lines);
    }

    [Fact]
    public async Task Many_calls_in_flight_are_each_answered_once()
    {
        var service = new TutorialFib();
        await using var server = await StartServerAsync(service);

        var run = await ForeignProgram.RunToEndAsync("fib_client_pipelined.py", [await UriAsync(), Queue, "20", "--repeat", "500"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Enumerable.Repeat("20=6765", 500), run.Lines);
        Assert.Equal(500, service.Served.Count);
    }

    [Fact]
    public async Task Unreadable_request_gets_a_fault_that_a_person_can_read()
    {
        await using var server = await StartServerAsync(new TutorialFib());

        var run = await ForeignProgram.RunToEndAsync("fib_client_blocking.py", [await UriAsync(), Queue, "thirty"]);

        var line = Assert.Single(run.Lines);
        Assert.Contains("\"status\":\"InvalidArgument\"", line, StringComparison.Ordinal);
        Assert.Contains("\"mayHaveRun\":false", line, StringComparison.Ordinal);
    }
}
