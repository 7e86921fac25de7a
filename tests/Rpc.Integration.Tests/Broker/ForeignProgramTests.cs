using Rpc.TestKit.Broker;
using Rpc.TestKit.Interop;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Broker;

/// <summary>The programs of tests/interop against each other: what they say about our side is worth something only if they agree among themselves.</summary>
public sealed class ForeignProgramTests(BrokerFixture fixture)
{
    public static TheoryData<string, string> Pairs => new MatrixTheoryData<string, string>(
        ["fib_client_blocking.py", "fib_client_pipelined.py", "FibClient.java"], ["fib_server.py", "FibServer.java"]);

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task EveryClientAgreesWithEveryServer(string client, string server)
    {
        var uri = await fixture.GetAmqpUriAsync();
        var queue = $"foreign.{Guid.NewGuid():N}";
        await using var serving = await ForeignProgram.StartAsync(server, uri, queue);

        var run = await ForeignProgram.RunToEndAsync(client, [uri, queue, "0", "1", "30", "90"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["0=0", "1=1", "30=832040", "90=2880067194370816120"], run.Lines);
        await serving.WaitForLineAsync(line => line == "90=2880067194370816120");
        await serving.StopAsync();
        await DeleteAsync(uri, queue);
    }

    [Fact]
    public async Task PipelinedClient_HasAllCallsAnsweredOnce()
    {
        var uri = await fixture.GetAmqpUriAsync();
        var queue = $"foreign.{Guid.NewGuid():N}";
        await using var serving = await ForeignProgram.StartAsync("fib_server.py", uri, queue);

        var run = await ForeignProgram.RunToEndAsync("fib_client_pipelined.py", [uri, queue, "30", "10", "--repeat", "100"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal([.. Enumerable.Repeat("10=55", 100), .. Enumerable.Repeat("30=832040", 100)], run.Lines);
        await serving.StopAsync();
        await DeleteAsync(uri, queue);
    }

    [Fact]
    public async Task PipelinedClient_ReportsSecondReply()
    {
        var uri = await fixture.GetAmqpUriAsync();
        var queue = $"foreign.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(uri);
        await peer.DeclareAsync(queue);
        await using var server = await peer.ConsumeAsync(queue, prefetch: 2);
        var running = ForeignProgram.RunToEndAsync("fib_client_pipelined.py", [uri, queue, "1", "2"]);

        var first = await server.NextAsync();
        var second = await server.NextAsync();
        await peer.ReplyAsync(first, "1");
        await peer.ReplyAsync(first, "1");
        await peer.ReplyAsync(second, "1");
        var run = await running;

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(first.Properties.CorrelationId!, run.Errors, StringComparison.Ordinal);
        await peer.DeleteAsync(queue);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task JavaServerThatFails_RepliesWithEmptyBody(string n)
    {
        var uri = await fixture.GetAmqpUriAsync();
        var queue = $"foreign.{Guid.NewGuid():N}";
        await using var serving = await ForeignProgram.StartAsync("FibServer.java", uri, queue, "--fail-with-empty-body");

        var run = await ForeignProgram.RunToEndAsync("fib_client_blocking.py", [uri, queue, n]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal([$"{n}="], run.Lines);
        await serving.StopAsync();
        await DeleteAsync(uri, queue);
    }

    [Theory]
    [InlineData("fib_client_blocking.py")]
    [InlineData("fib_client_pipelined.py")]
    [InlineData("FibClient.java")]
    public async Task ClientWithoutServer_FailsInsteadOfHanging(string client)
    {
        var uri = await fixture.GetAmqpUriAsync();

        var run = await ForeignProgram.RunToEndAsync(client, [uri, $"foreign.{Guid.NewGuid():N}", "1", "--timeout-s", "1"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Lines);
        Assert.NotEmpty(run.Errors);
    }

    [Theory]
    [InlineData("fib_server.py")]
    [InlineData("FibServer.java")]
    public async Task ServerOnQueueWithOtherArguments_FailsUnlessItOnlyChecks(string server)
    {
        var uri = await fixture.GetAmqpUriAsync();
        var queue = $"foreign.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(uri);
        await peer.DeclareAsync(queue, durable: true, arguments: new Dictionary<string, object?> { ["x-expires"] = 60_000 });

        var refused = await ForeignProgram.RunToEndAsync(server, [uri, queue, "--declare-args", "durable"]);
        await using var serving = await ForeignProgram.StartAsync(server, uri, queue, "--declare-args", "passive");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("x-expires", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1u, (await peer.CountAsync(queue))!.Consumers);
        await peer.DeleteAsync(queue);
        Assert.Equal(1, (await serving.WaitForEndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("fib_client_blocking.py")]
    [InlineData("fib_client_pipelined.py")]
    [InlineData("fib_server.py")]
    [InlineData("FibClient.java")]
    [InlineData("FibServer.java")]
    public async Task WrongArguments_ShowUsage(string program)
    {
        var wrong = await ForeignProgram.RunToEndAsync(program, ["amqp://localhost"]);
        var help = await ForeignProgram.RunToEndAsync(program, ["--help"]);

        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("usage", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("amqp-uri queue", string.Join(' ', help.Lines), StringComparison.Ordinal);
    }

    static async Task DeleteAsync(string uri, string queue)
    {
        await using var peer = await RawPeer.ConnectAsync(uri);
        await peer.DeleteAsync(queue);
    }
}
