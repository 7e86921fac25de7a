using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>Callers with exactly the permissions of docs/operations.md, and with one of them less.</summary>
[Collection(nameof(RestrictedUsers))]
public sealed class CallerPermissionTests(RestrictedUsers users) : PermissionTest(users)
{
    [Theory]
    [InlineData("caller-exclusive", RpcReplyMode.Exclusive)]
    [InlineData("caller-durable", RpcReplyMode.Durable)]
    [InlineData("caller-direct", RpcReplyMode.Direct)]
    public async Task Permissions_of_the_page_suffice(string user, RpcReplyMode mode)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var service = new OrdersService(async token =>
        {
            if (entered.TrySetResult())
            {
                await using var registration = token.Register(() => fired.TrySetResult());
                await fired.Task;
                token.ThrowIfCancellationRequested();
            }

            return 7;
        });
        await ServeAsync(service: service);
        var orders = (await ConnectAsync(user, mode)).Create<IOrders>();

        // A call that is cancelled while it runs, a call, and a one-way call: all that a caller does.
        using var leave = new CancellationTokenSource();
        var cancelled = orders.Count(leave.Token);
        await entered.Task.WithinDeadlineAsync();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithinDeadlineAsync());
        await fired.Task.WithinDeadlineAsync();
        Assert.Equal(7, await orders.Count());
        await orders.Forget(3);
        Assert.Equal(3, await service.ForgottenAsync().WithinDeadlineAsync());

        Assert.Empty(Log.Lines(303));
    }

    [Theory]
    [InlineData("caller-exclusive-without-configure", RpcReplyMode.Exclusive)]
    [InlineData("caller-exclusive-without-read", RpcReplyMode.Exclusive)]
    [InlineData("caller-durable-without-configure", RpcReplyMode.Durable)]
    [InlineData("caller-durable-without-read", RpcReplyMode.Durable)]
    public async Task Without_its_reply_queue_a_client_does_not_start(string user, RpcReplyMode mode)
    {
        var failure = await RefusedAsync(ConnectAsync(user, mode));

        Assert.Contains("reply queue", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'rpc.reply.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caller-exclusive-without-write", RpcReplyMode.Exclusive)]
    [InlineData("caller-durable-without-write", RpcReplyMode.Durable)]
    [InlineData("caller-direct-without-write", RpcReplyMode.Direct)]
    public async Task Without_write_each_call_is_refused_in_the_brokers_words(string user, RpcReplyMode mode)
    {
        await ServeAsync();
        var client = await ConnectAsync(user, mode);
        var orders = client.Create<IOrders>();

        for (var call = 1; call <= 3; call++)
        {
            var failure = await RefusedAsync(orders.Count(), mayHaveRun: true);
            Assert.Contains("amq.default", failure.Message, StringComparison.Ordinal);
        }

        // Each call costs the channel once, and nothing goes round by itself.
        Assert.InRange(Log.Lines(303).Count, 1, 3);
        Assert.Equal((0, 0), (client.Calls.Count, client.Calls.DeadlineCount));
    }

    [Fact]
    public async Task Stranger_is_told_that_the_virtual_host_is_not_for_it()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => ConnectAsync("stranger"));

        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (failure.Status, failure.Reason));
        Assert.Contains($"access to vhost '{Vhost}' refused for user 'stranger'", failure.Message, StringComparison.Ordinal);
    }
}
