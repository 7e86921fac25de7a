using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>Requests whose callers have gone: the broker has taken their messages, and nobody waits for a reply.</summary>
public sealed class OneWayTests : IDisposable
{
    private readonly ServerContext _context = new(new RpcServerOptions());
    private readonly Told _service = new();
    private readonly ServiceHost _host;

    public OneWayTests() => _host = _context.Host(new ToldContract(), ServiceSource.Of(_service), "q", new RpcServiceOptions());

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("Once", false, "acknowledged", 1)]
    [InlineData("Again", false, "acknowledged", 1)]
    [InlineData("Once", true, "rejected", 0)] // it may have run
    [InlineData("Again", true, "requeued", 0)] // it is run when its copy comes, which says how often it has come
    public async Task Request_RunsAndIsSettled(string method, bool redelivered, string settled, int runs)
    {
        var delivery = await ServeAsync(method, redelivered);
        Assert.Equal(settled, await delivery.Settled.Soon());
        Assert.Empty(delivery.Replies);
        Assert.Equal(runs, _service.Times);
    }

    [Theory]
    [InlineData("Once")]
    [InlineData("Again")]
    public async Task Draining_server_LosesNoRequestThatItHasTaken(string method)
    {
        await _host.StopTakingAsync();
        var delivery = await ServeAsync(method, redelivered: false);

        // There is nobody to be told Draining. So it runs, or another server gets it; it must not be acknowledged and forgotten.
        var settled = await delivery.Settled.Soon();
        Assert.True(settled == "handed back" || _service.Times > 0, $"the request was {settled} and did not run");
    }

    private async Task<FakeDelivery> ServeAsync(string method, bool redelivered)
    {
        var delivery = new FakeDelivery(
            new RequestProperties { Type = ToldContract.Name + "/" + method, CorrelationId = "id", Redelivered = redelivered }, "{}"u8.ToArray());
        _host.Received(delivery);
        await _host.WhenIdleAsync().Soon();
        return delivery;
    }
}
