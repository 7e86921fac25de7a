using Rpc.TestKit.Broker;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.Interop;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Interop;

/// <summary>Programs in Python that send and answer batches, written from docs/wire-format.md.</summary>
public sealed class BatchInteropTests(BrokerFixture fixture) : IAsyncLifetime
{
    private readonly string _queue = $"batches.{Guid.NewGuid():N}";

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());
        await peer.DeleteAsync(_queue);
    }

    [Fact]
    public async Task Batch_of_a_foreign_client_is_answered_in_kind()
    {
        var address = await fixture.GetAmqpUriAsync();
        await using var server = await RpcServer.StartAsync(
            address, services => services.Add<IAdder>(new AdderService("ours"), new RpcServiceOptions { Queue = _queue }));

        var run = await ForeignProgram.RunToEndAsync("batch_client.py", [address, _queue, RpcContract<IAdder>.Get().Service]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Enumerable.Range(1, 20).Select(static call => $"{call}={call + 100}"), run.Lines);
    }

    [Fact]
    public async Task Foreign_server_gets_batches_once_it_has_said_that_it_knows_them_and_its_answers_are_read()
    {
        var address = await fixture.GetAmqpUriAsync();
        await using var server = await ForeignProgram.StartAsync("batch_server.py", address, _queue);
        await using var client = await RpcClient.ConnectAsync(address);
        var adder = client.Create<IAdder>(new RpcRoute { Queue = _queue });

        // A call that is the only one under way may go plain at any time, so another one is under way all the time.
        var held = new HeldAdder();
        await using var slow = await RpcServer.StartAsync(address, services => services.Add<IAdder>(held, new RpcServiceOptions { Queue = _queue + ".held" }));
        var other = client.Create<IAdder>(new RpcRoute { Queue = _queue + ".held" }).Add(1, 2);

        Assert.Equal(42, await adder.Add(2, 40)); // plain, as nobody knows better yet
        Assert.Equal(42, await adder.Add(2, 40)); // alone, as its cost is not known
        var sums = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => adder.Add(i, 1)));

        held.Sum.SetResult(3);
        Assert.Equal(3, await other);
        Assert.Equal(Enumerable.Range(1, 500), sums);
        var service = RpcContract<IAdder>.Get().Service;
        Assert.Equal([$"plain {service}/Add", $"batch 1 {service} Add"], server.Lines.Where(static line => line != ForeignProgram.ReadyLine).Take(2));
        Assert.All(server.Lines.Skip(2), static line => Assert.StartsWith("batch ", line, StringComparison.Ordinal));
        Assert.Contains(server.Lines.Skip(2), line => line.EndsWith(" Add", StringComparison.Ordinal) && line != $"batch 1 {service} Add"); // how many share one is a matter of time
    }

    private sealed class HeldAdder : IAdder
    {
        public TaskCompletionSource<int> Sum { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Name() => Task.FromResult("held");

        public Task<int> Add(int left, int right) => Sum.Task;
    }
}
