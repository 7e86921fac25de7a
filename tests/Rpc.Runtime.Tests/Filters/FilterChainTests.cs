using Rpc.Filters;
using Rpc.Runtime.Tests.Server;

namespace Rpc.Runtime.Tests.Filters;

public sealed class FilterChainTests
{
    private static readonly RpcCallContext s_context = ServedContext.Shared.Receive(new FakeDelivery(default));

    private readonly List<string> _steps = [];

    [Fact]
    public void Without_filters_ThereIsNothingToGoThrough()
    {
        Assert.Null(FilterChain.Compose(Array.Empty<IRpcServerFilter>(), End));
        Assert.Null(FilterChain.Compose(Array.Empty<IRpcClientFilter>(), static _ => default));
    }

    [Fact]
    public async Task First_filter_IsTheOutermost()
    {
        await FilterChain.Compose([Around("a"), Around("b"), Around("c")], End)!(s_context);

        Assert.Equal(["a in", "b in", "c in", "end", "c out", "b out", "a out"], _steps);
    }

    [Fact]
    public async Task Next_CanBeCalledAgainOrNotAtAll()
    {
        var twice = new Filter(static async (context, next) =>
        {
            await next(context);
            await next(context);
        });
        await FilterChain.Compose([twice, Around("a")], End)!(s_context);
        Assert.Equal(["a in", "end", "a out", "a in", "end", "a out"], _steps);

        _steps.Clear();
        await FilterChain.Compose([new Filter(static (_, _) => default), Around("a")], End)!(s_context);
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task Exception_PassesThroughTheFiltersThatLetIt()
    {
        var translates = new Filter(static async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (InvalidOperationException exception)
            {
                throw new RpcException(RpcStatus.FailedPrecondition, exception.Message);
            }
        });
        var chain = FilterChain.Compose([Around("a"), translates], static _ => throw new InvalidOperationException("closed"))!;

        Assert.Equal("closed", (await Assert.ThrowsAsync<RpcException>(() => chain(s_context).AsTask())).Message);
        Assert.Equal(["a in", "a failed"], _steps);
    }

    [Fact]
    public async Task Composed_chain_IsSharedByAllCalls()
    {
        var ran = 0;
        var chain = FilterChain.Compose([new Filter(static (context, next) => next(context))], _ =>
        {
            Interlocked.Increment(ref ran);
            return default;
        })!;
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => chain(s_context).AsTask()))).Soon();

        Assert.Equal(1_000, ran);
    }

    private ValueTask End(RpcCallContext context)
    {
        Assert.Same(s_context, context);
        _steps.Add("end");
        return default;
    }

    private Filter Around(string name) => new(async (context, next) =>
    {
        _steps.Add(name + " in");
        try
        {
            await next(context);
        }
        catch
        {
            _steps.Add(name + " failed");
            throw;
        }

        _steps.Add(name + " out");
    });
}
