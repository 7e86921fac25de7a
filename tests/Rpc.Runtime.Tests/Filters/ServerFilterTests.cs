using Rpc.Runtime.Tests.Server;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Filters;

/// <summary>What a caller is told of calls that filters have a hand in.</summary>
public sealed class ServerFilterTests
{
    [Fact]
    public async Task Refusal_before_the_method_DidNotRun_AndAfterItMayHave()
    {
        Assert.Equal((RpcStatus.PermissionDenied, RpcReason.None, false), await FaultOfAsync(static (_, _) => throw Refusal()));
        Assert.Equal((RpcStatus.PermissionDenied, RpcReason.None, true), await FaultOfAsync(static async (context, next) =>
        {
            await next(context);
            throw Refusal();
        }));
    }

    [Fact]
    public async Task Filters_own_bug_IsTreatedLikeAHandlers() =>
        Assert.Equal((RpcStatus.Internal, RpcReason.Handler, false), await FaultOfAsync(static (_, _) => throw new InvalidOperationException("a bug")));

    [Theory]
    [InlineData("does nothing")]
    [InlineData("swallows")]
    public async Task Filter_that_leaves_no_result_FailsTheCall(string what)
    {
        var (status, reason, mayHaveRun) = await FaultOfAsync(
            async (context, next) =>
            {
                if (what == "swallows")
                {
                    try
                    {
                        await next(context);
                    }
                    catch (InvalidOperationException)
                    {
                        // a filter that means well
                    }
                }
            },
            static _ => throw new InvalidOperationException("a bug"));

        Assert.Equal((RpcStatus.Internal, RpcReason.Handler, what == "swallows"), (status, reason, mayHaveRun));
    }

    [Fact]
    public async Task Method_that_is_called_twice_AnswersWithItsLatestResult()
    {
        var n = 10;
        using var steps = new ServedSteps(null, new Filter(static async (context, next) =>
        {
            await next(context);
            await next(context);
        }))
        {
            OnRun = _ => Task.FromResult(n = n == 10 ? 123_456 : 7),
        };
        var request = await steps.ServeAsync(ServedSteps.Properties("Plain"));

        Assert.Equal("7"u8.ToArray(), Assert.Single(request.Replies).Body.ToArray());
        Assert.Equal(2, steps.Runs);
    }

    [Fact]
    public async Task Unknown_methods_and_bad_arguments_PassThroughTheFilters()
    {
        var seen = new List<Exception>();
        using var steps = new ServedSteps(null, new Filter(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception)
            {
                seen.Add(exception);
                throw;
            }
        }));
        var unknown = await steps.ServeAsync(ServedSteps.Properties("Nothing"));
        var bad = await steps.ServeAsync(new FakeDelivery(ServedSteps.Properties("Plain") with { CorrelationId = "caller.2" }, "{}"u8.ToArray()));

        Assert.Equal(2, seen.Count);
        Assert.Equal(RpcReason.UnknownMethod, FaultFormat.Read(Assert.Single(unknown.Replies).Body).Reason);
        Assert.Equal(RpcReason.BadRequest, FaultFormat.Read(Assert.Single(bad.Replies).Body).Reason);
    }

    [Fact]
    public async Task Context_IsTheCurrentOne_AndPassesNothingOnOnceTheCallIsOver()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool>? leftRunning = null;
        RpcCallContext? inFilter = null;
        using var steps = new ServedSteps(null, new Filter((context, next) =>
        {
            inFilter = RpcCallContext.Current;
            return next(context);
        }));
        steps.OnRun = async n =>
        {
            Assert.Same(inFilter, RpcCallContext.Current);
            leftRunning = Task.Run(async () =>
            {
                var during = RpcCallContext.Current is not null;
                running.SetResult();
                await left.Task;
                return during && RpcCallContext.Current is null;
            });
            await running.Task;
            return n;
        };
        var request = await steps.ServeAsync(ServedSteps.Properties("Plain"));

        Assert.Equal("application/json", Assert.Single(request.Replies).ContentType);
        Assert.Equal(("test.Steps", "Plain", 1), (inFilter!.Service, inFilter.Method, inFilter.Attempt));
        left.SetResult();
        Assert.True(await leftRunning!.Soon());
        Assert.Null(RpcCallContext.Current);
    }

    private static RpcException Refusal() => new(RpcStatus.PermissionDenied, "no");

    private static async Task<(RpcStatus Status, RpcReason Reason, bool MayHaveRun)> FaultOfAsync(
        Func<RpcCallContext, Func<RpcCallContext, ValueTask>, ValueTask> filter, Func<int, Task<int>>? run = null)
    {
        using var steps = new ServedSteps(null, new Filter(filter));
        steps.OnRun = run ?? steps.OnRun;
        var request = await steps.ServeAsync(ServedSteps.Properties("Plain"));
        Assert.Equal("application/vnd.rpc-fault+json", Assert.Single(request.Replies).ContentType);
        var fault = FaultFormat.Read(request.Replies.Single().Body);
        return (fault.Status, fault.Reason, fault.MayHaveRun);
    }
}
