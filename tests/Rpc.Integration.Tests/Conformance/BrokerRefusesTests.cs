using RabbitMQ.Client;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Conformance;

/// <summary>What the broker itself turns down; the embedded one turns nothing down.</summary>
[Collection(FaultyBroker.Name)]
public sealed class BrokerRefusesTests(FaultyRabbitMq broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Call_that_the_user_may_not_send_is_told_in_the_brokers_words()
    {
        await broker.Broker.RunCtlAsync("add_user", Queue, "secret");
        await broker.Broker.RunCtlAsync("set_permissions", Queue, "^rpc", "^rpc", "^rpc"); // no writing to amq.default
        await ServeAsync<ITrial>(new TrialService());
        var limited = new UriBuilder(Address) { UserName = Queue, Password = "secret" }.Uri.AbsoluteUri;
        await using var client = await RpcClient.ConnectAsync(limited, new RpcClientOptions { Retry = RpcRetryOptions.None });

        var failure = await FailsAsync(client.Create<ITrial>(new RpcRoute { Queue = Queue }).Run("q").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Refused, mayHaveRun: true);

        Assert.Contains("ACCESS_REFUSED", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task One_way_call_that_the_broker_does_not_take()
    {
        await using var raw = await RawPeer.ConnectAsync(Address);
        await raw.DeclareAsync(Queue, arguments: new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });
        var client = await ConnectAsync(new RpcClientOptions { Retry = new RpcRetryOptions() });

        await FailsAsync(Proxy<ITrial>(client).Note("n").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Rejected, mayHaveRun: false);

        AssertNothingPending(client);
        await raw.DeleteAsync(Queue);
    }

    [Fact]
    public async Task Somebody_elses_name_never_reaches_a_server()
    {
        var users = new List<string?>();
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            users.Add(RpcCallContext.Current!.UserId);
            return Task.FromResult(text);
        }));
        await using (var liar = await RawPeer.ConnectAsync(Address))
        {
            await liar.PublishAsync(Queue, "{\"text\":\"q\"}", new BasicProperties { Type = $"{TrialRpc.Service}/Run", ReplyTo = liar.ReplyQueue, UserId = "mallory" });
        }

        Assert.Equal("q", await (await ConnectAsync<ITrial>(new RpcClientOptions { SendUserId = true })).Run("q"));
        Assert.Equal(["guest"], users);
    }
}
