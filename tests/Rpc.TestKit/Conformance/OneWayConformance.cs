using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>One-way calls: over when the broker has the message, whatever the service does with it.</summary>
public abstract class OneWayConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Call_ends_although_the_service_is_still_at_it()
    {
        var gate = new Gate();
        var journal = new JournalService(_ => gate.PassAsync(CancellationToken.None));
        await ServeAsync<IJournal>(journal);
        var client = await ConnectAsync();

        await Proxy<IJournal>(client).Write("first").WithinDeadlineAsync();
        await gate.ArrivalsAsync(1);

        Assert.Empty(journal.Lines);
        AssertNothingPending(client);
        gate.Open();
        Assert.Equal("first", await journal.NextAsync().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Every_one_of_many_calls_is_confirmed_and_served()
    {
        var journal = new JournalService();
        await ServeAsync<IJournal>(journal);
        var client = await ConnectAsync();
        var proxy = Proxy<IJournal>(client);
        var lines = Enumerable.Range(0, 500).Select(i => $"{i}").ToArray();

        await Task.WhenAll(lines.Select(line => proxy.Write(line))).WithinDeadlineAsync();
        foreach (var _ in lines)
        {
            await journal.NextAsync().WithinDeadlineAsync();
        }

        Assert.Equal(lines.Order(), journal.Lines.Order());
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.Unmatched);
    }

    [Fact]
    public async Task Message_waits_for_a_server_that_comes_later()
    {
        var proxy = await ConnectAsync<IJournal>();
        await (await ServeAsync<IJournal>(new JournalService())).DisposeAsync();

        await proxy.Overwrite("kept").AsTask().WithinDeadlineAsync();
        var journal = new JournalService();
        await ServeAsync<IJournal>(journal);

        Assert.Equal("kept", await journal.NextAsync().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Nobody_serves_it()
    {
        var client = await ConnectAsync();

        await FailsAsync(Proxy<IJournal>(client).Write("lost").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);

        AssertNothingPending(client);
    }

    [Fact]
    public async Task What_the_handler_throws_is_logged_and_the_next_call_is_served()
    {
        var log = new LogRecorder();
        var journal = new JournalService(line => line == "bad" ? throw new RpcException(RpcStatus.FailedPrecondition, "the journal is closed") : Task.CompletedTask);
        await ServeAsync<IJournal>(journal, new RpcServerOptions { LoggerFactory = log });
        var proxy = await ConnectAsync<IJournal>();

        await proxy.Write("bad").WithinDeadlineAsync();
        await proxy.Write("good").WithinDeadlineAsync();

        Assert.Equal("good", await journal.NextAsync().WithinDeadlineAsync());
        await Eventually.IsTrueAsync(() => log.Lines(206).Any(line => line.Text.Contains("the journal is closed", StringComparison.Ordinal)), "the refusal is logged");
    }

    [Fact]
    public async Task Calls_that_want_an_answer_go_on_beside_them()
    {
        var journal = new JournalService();
        await ServeAsync<IJournal>(journal);
        var proxy = await ConnectAsync<IJournal>();

        await proxy.Write("a").WithinDeadlineAsync();
        await journal.NextAsync().WithinDeadlineAsync();

        Assert.Equal(1, await proxy.Count().WithinDeadlineAsync());
    }
}
