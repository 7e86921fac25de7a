using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>The base of the tests of permissions: a virtual host of its own, and what a test starts in it, closed last first.</summary>
public abstract class PermissionTest(RestrictedUsers users) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _started = new();

    protected string Vhost { get; private set; } = "";

    protected RestrictedUsers Users => users;

    /// <summary>What the restricted side logs.</summary>
    protected LogRecorder Log { get; } = new();

    public async ValueTask InitializeAsync() => Vhost = await users.CreateVhostAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    private protected async Task<RpcServer> ServeAsync(
        string user = "guest", OrdersService? service = null, RpcTopology topology = RpcTopology.Declare, RpcServerOptions? options = null)
    {
        options ??= new RpcServerOptions();
        options.LoggerFactory = user == "guest" ? options.LoggerFactory : Log;
        return Keep(await RpcServer.StartAsync(
            await users.AddressAsync(Vhost, user),
            services => services.Add<IOrders>(service ?? new OrdersService(), new RpcServiceOptions { Topology = topology }),
            options));
    }

    protected async Task<RpcClient> ConnectAsync(string user = "guest", RpcReplyMode mode = RpcReplyMode.Exclusive) => Keep(await RpcClient.ConnectAsync(
        await users.AddressAsync(Vhost, user),
        new RpcClientOptions { ReplyMode = mode, Retry = RpcRetryOptions.None, LoggerFactory = user == "guest" ? new LogRecorder() : Log }));

    protected static async Task<RpcException> RefusedAsync(Task action, bool mayHaveRun = false)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => action.WithinDeadlineAsync());
        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused, mayHaveRun), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Contains("ACCESS_REFUSED", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    protected T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }
}
