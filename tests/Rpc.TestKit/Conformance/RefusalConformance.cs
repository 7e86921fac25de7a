using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A service refuses a call: what it says arrives as it was said.</summary>
public abstract class RefusalConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Every_status_arrives_with_its_message()
    {
        await ServeAsync<IProbe>(new ProbeService(static (status, _) => throw new RpcException(Enum.Parse<RpcStatus>(status), $"no \"{status}\" today 😀")));
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        var statuses = Enum.GetValues<RpcStatus>().Except([RpcStatus.Ok]).ToArray();
        Assert.Equal(16, statuses.Length);

        foreach (var status in statuses)
        {
            var failure = await FailsAsync(probe.Ask($"{status}"), status, RpcReason.None, mayHaveRun: true);
            Assert.Equal($"no \"{status}\" today 😀", failure.Message);
            Assert.Equal((IProbe.WireName, "Ask", Queue), (failure.Service, failure.Method, failure.Queue));
            Assert.Null(failure.GetDetail<string>());
            Assert.Equal(status == RpcStatus.DeadlineExceeded, failure.InnerException is TimeoutException);
        }

        AssertNothingPending(client);
    }

    [Fact]
    public async Task Detail_arrives_typed()
    {
        var order = new Order(7, "Ærø", 1.50m, new Point(1, 2)) { Day = new DateOnly(2024, 2, 29) };
        await ServeAsync<IProbe>(new ProbeService((_, _) => throw new RpcException(RpcStatus.NotFound, "no order 7", order)));
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(""), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        Assert.Equal("no order 7", failure.Message);
        Assert.Equal(order, failure.GetDetail<Order>());
        Assert.Throws<FormatException>(() => failure.GetDetail<int>());
    }

    [Fact]
    public async Task Detail_that_cannot_be_sent_leaves_the_refusal_and_a_line_in_the_log()
    {
        using var log = new LogRecorder();
        await ServeAsync<IProbe>(
            new ProbeService(static (_, _) => throw new RpcException(RpcStatus.NotFound, "no order 7", Loop.Endless())), new RpcServerOptions { LoggerFactory = log });
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(""), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        Assert.Equal("no order 7", failure.Message);
        Assert.Null(failure.GetDetail<Loop>());
        Assert.Contains(nameof(Loop), Assert.Single(log.Lines(201)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_void_call_fails_as_well()
    {
        await ServeAsync<IProbe>(new ProbeService(static async (line, _) =>
        {
            await Task.Yield();
            throw new RpcException(RpcStatus.PermissionDenied, line);
        }));
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Tell("not you"), RpcStatus.PermissionDenied, RpcReason.None, mayHaveRun: true);

        Assert.Equal("not you", failure.Message);
    }
}
