using Microsoft.Extensions.Time.Testing;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>One served contract without a transport: each request is answered once and settled.</summary>
public sealed class ServiceHostTests : IDisposable
{
    private static readonly string s_type = SampleRpc.Count.Type;

    private readonly FakeTimeProvider _time = new();
    private readonly ServerContext _context;
    private readonly SampleService _service = new();
    private readonly ServiceHost _host;

    public ServiceHostTests()
    {
        _context = new ServerContext(new RpcServerOptions { TimeProvider = _time, MaxRequestSize = 1_000 });
        _host = _context.Host(RpcContract<ISample>.Get(), ServiceSource.Of(_service), "q", new RpcServiceOptions());
    }

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Request_IsAnsweredInKindAndAcknowledged()
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties(), "{\"itemCount\":3}"u8.ToArray()));

        var reply = Assert.Single(delivery.Replies);
        Assert.Equal(("id", "application/json", "rpc/1"), (reply.CorrelationId, reply.ContentType, reply.AppId));
        Assert.Equal("4"u8.ToArray(), reply.Body.ToArray());
        Assert.Equal("acknowledged", await delivery.Settled.Soon());
    }

    [Theory]
    [InlineData("Rpc.Runtime.Tests.Serialization.ISample/Nothing", RpcStatus.Unimplemented, RpcReason.UnknownMethod)]
    [InlineData("Rpc.Runtime.Tests.Serialization.ISample/count", RpcStatus.Unimplemented, RpcReason.UnknownMethod)]
    [InlineData("Rpc.Runtime.Tests.Serialization.ISample/", RpcStatus.Unimplemented, RpcReason.UnknownMethod)]
    [InlineData("Rpc.Runtime.Tests.Serialization.ISampleX/Count", RpcStatus.Unimplemented, RpcReason.UnknownService)]
    [InlineData("Rpc.Runtime.Tests.Serialization.ISample/x/Count", RpcStatus.Unimplemented, RpcReason.UnknownService)]
    [InlineData("/Count", RpcStatus.Unimplemented, RpcReason.UnknownService)]
    [InlineData("Count", RpcStatus.InvalidArgument, RpcReason.BadRequest)]
    [InlineData(null, RpcStatus.InvalidArgument, RpcReason.BadRequest)]
    public async Task Type_that_names_nothing_here_IsRefusedAndNothingRuns(string? type, RpcStatus status, RpcReason reason)
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties() with { Type = type }, "{\"itemCount\":3}"u8.ToArray()));
        AssertFault(delivery, status, reason, mayHaveRun: false);
        Assert.Equal(0, _service.Calls);
    }

    [Theory]
    [InlineData("gzip", null, "{\"itemCount\":3}")]
    [InlineData(null, "text/plain", "{\"itemCount\":3}")]
    [InlineData(null, null, "{}")]
    [InlineData(null, null, "{\"itemCount\":null}")]
    [InlineData(null, null, "{\"itemCount\":\"3\"}")]
    [InlineData(null, null, "[3]")]
    [InlineData(null, null, "")]
    public async Task Request_that_cannot_be_read_IsRefusedAndNothingRuns(string? encoding, string? contentType, string body)
    {
        var properties = Properties() with { ContentEncoding = encoding, ContentType = contentType };
        var delivery = await ServeAsync(new FakeDelivery(properties, System.Text.Encoding.UTF8.GetBytes(body)));
        AssertFault(delivery, RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);
        Assert.Equal(0, _service.Calls);
    }

    [Fact]
    public async Task Request_over_the_limit_redelivered_or_expired_IsNotRun()
    {
        AssertFault(await ServeAsync(new FakeDelivery(Properties(), new byte[1_001])), RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);
        AssertFault(await ServeAsync(new FakeDelivery(Properties() with { Redelivered = true }, "{}"u8.ToArray())), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        AssertFault(await ServeAsync(new FakeDelivery(Properties() with { TimeToLive = 0 }, "{}"u8.ToArray())), RpcStatus.DeadlineExceeded, RpcReason.Expired, mayHaveRun: false);
        Assert.Equal(0, _service.Calls);
    }

    [Fact]
    public async Task Request_without_an_address_RunsAndIsAcknowledged()
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties() with { ReplyTo = null }, "{\"itemCount\":3}"u8.ToArray()));
        Assert.Equal("acknowledged", await delivery.Settled.Soon());
        Assert.Empty(delivery.Replies);
        Assert.Equal(1, _service.Calls);
    }

    [Fact]
    public async Task Reply_that_finds_no_connection_LeavesTheRequestToTheBroker()
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties(), "{\"itemCount\":3}"u8.ToArray()) { OnReply = static _ => ValueTask.FromResult(false) });
        Assert.Single(delivery.Replies);
        Assert.False(delivery.Settled.IsCompleted);
    }

    [Fact]
    public async Task Reply_that_cannot_be_written_TheRequestIsSettledNonetheless()
    {
        // What a correlation id does that is too long once its broken bytes have become U+FFFD: it cannot be echoed.
        var delivery = await ServeAsync(new FakeDelivery(Properties(), "{\"itemCount\":3}"u8.ToArray()) { OnReply = static _ => throw new ArgumentException("too long") });
        Assert.True(delivery.Settled.IsCompleted, "the request holds its place in the prefetch for ever");
    }

    [Fact]
    public async Task Request_of_a_lost_connection_IsLeftToTheBroker()
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties(), "{\"itemCount\":3}"u8.ToArray()) { IsLive = false });
        Assert.Empty(delivery.Replies);
        Assert.False(delivery.Settled.IsCompleted);
        Assert.Equal(0, _service.Calls);
    }

    [Fact]
    public async Task Request_with_a_problem_IsAnsweredAndNotRun()
    {
        var delivery = await ServeAsync(new FakeDelivery(Properties() with { Problem = "it is odd" }, "{\"itemCount\":3}"u8.ToArray()));
        AssertFault(delivery, RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);
        Assert.Equal(0, _service.Calls);
    }

    [Fact]
    public async Task Draining_AnswersWhatHasNotStarted()
    {
        await _host.StopTakingAsync();
        AssertFault(await ServeAsync(new FakeDelivery(Properties(), "{\"itemCount\":3}"u8.ToArray())), RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
    }

    private static RequestProperties Properties() => new() { ReplyTo = "replies", CorrelationId = "id", Type = s_type };

    private static void AssertFault(FakeDelivery delivery, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var reply = Assert.Single(delivery.Replies);
        Assert.Equal(("id", "application/vnd.rpc-fault+json"), (reply.CorrelationId, reply.ContentType));
        var fault = FaultFormat.Read(reply.Body);
        Assert.Equal((status, reason, mayHaveRun), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.True(delivery.Settled.IsCompletedSuccessfully);
    }

    private async Task<FakeDelivery> ServeAsync(FakeDelivery delivery)
    {
        _host.Received(delivery);
        await _host.WhenIdleAsync().Soon();
        return delivery;
    }

    private sealed class SampleService : ISample
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task<int> Count(int itemCount)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(itemCount + 1);
        }

        public Task Store(Item item) => Task.CompletedTask;
    }
}
