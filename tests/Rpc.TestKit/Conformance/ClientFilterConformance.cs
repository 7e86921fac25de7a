using System.Collections.Concurrent;
using System.Text;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Code around calls, on the client's side.</summary>
public abstract class ClientFilterConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Filters_run_around_the_call_the_first_one_outermost()
    {
        var steps = new ConcurrentQueue<string>();
        await ServeAsync<ITrial>(new TrialService());
        var client = await ConnectAsync(new RpcClientOptions { Filters = { Noting("outer", steps), Noting("inner", steps) } });

        Assert.Equal("a", await Proxy<ITrial>(client).Run("a"));

        Assert.Equal(["outer in", "inner in", "inner out a", "outer out a"], steps);
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task Filter_sees_which_call_it_is()
    {
        var seen = new List<string>();
        await ServeAsync<ITrial>(new TrialService());
        using var source = new CancellationTokenSource();
        var trial = (await ConnectAsync<ITrial>(new RpcClientOptions
        {
            TimeProvider = CreateClock().Time,
            Filters =
            {
                new ClientFilter((context, next) =>
                {
                    seen.Add($"{context.Method} {context.Queue} {context.TimeLeft} {Encoding.UTF8.GetString(context.EncodedArguments.Span)} {context.Headers["tenant"]} {context.CancellationToken.CanBeCanceled}");
                    return next(context);
                }),
            },
        })).With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" }, Timeout = TimeSpan.FromSeconds(7) });

        await trial.Run("a", source.Token).WithinDeadlineAsync();

        Assert.Equal([$"{TrialRpc.Service}/Run {Queue} 00:00:07 {{\"text\":\"a\"}} blue True"], seen);
    }

    [Fact]
    public async Task Headers_that_a_filter_sets_are_sent_and_stay_with_that_call()
    {
        var count = 0;
        await ServeAsync<ITrial>(new TrialService(_ => Task.FromResult(string.Join(',', RpcCallContext.Current!.Headers.OrderBy(static header => header.Key)))));
        var trial = (await ConnectAsync<ITrial>(new RpcClientOptions
        {
            Filters =
            {
                new ClientFilter((context, next) =>
                {
                    context.Headers[$"number {++count}"] = "x";
                    return next(context);
                }),
            },
        })).With(new RpcCallOptions { Headers = new RpcHeaders { ["own"] = "y" } });

        Assert.Equal("[number 1, x],[own, y]", await trial.Run("a"));
        Assert.Equal("[number 2, x],[own, y]", await trial.Run("a"));
    }

    [Fact]
    public async Task Filter_that_sets_the_result_needs_no_server()
    {
        var client = await ConnectAsync(new RpcClientOptions
        {
            Filters = { Setting("from the filter") },
        });

        Assert.Equal("from the filter", await Proxy<ITrial>(client).Run("q").WithinDeadlineAsync());
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task Filter_replaces_the_result_and_turns_failures_into_results()
    {
        await ServeAsync<ITrial>(new TrialService(text => text == "refused" ? throw new RpcException(RpcStatus.NotFound, "nothing") : Task.FromResult(text)));
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions
        {
            Filters =
            {
                new ClientFilter(async (context, next) =>
                {
                    try
                    {
                        await next(context);
                        context.Result = $"<{context.Result}>";
                    }
                    catch (RpcException failure) when (failure.Status == RpcStatus.NotFound)
                    {
                        context.Result = "found nothing";
                    }
                }),
            },
        });

        Assert.Equal("<q>", await trial.Run("q"));
        Assert.Equal("found nothing", await trial.Run("refused"));
        await Assert.ThrowsAsync<InvalidCastException>(async () =>
            await Proxy<IProbe>(await ConnectAsync(new RpcClientOptions { Filters = { Setting("not a number") } })).Count(1, "q"));
    }

    [Fact]
    public async Task Next_may_be_called_again_each_time_as_a_call_of_its_own()
    {
        var service = new TrialService(text => Task.FromResult(text));
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions
        {
            Filters =
            {
                new ClientFilter(async (context, next) =>
                {
                    await next(context);
                    await next(context);
                    await next(context);
                }),
            },
        });

        Assert.Equal("q", await Proxy<ITrial>(client).Run("q").WithinDeadlineAsync());
        Assert.Equal(["q", "q", "q"], service.Entered);
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.InFlight);
    }

    private static ClientFilter Setting(string result) => new((context, _) =>
    {
        context.Result = result;
        return default;
    });

    private static ClientFilter Noting(string name, ConcurrentQueue<string> steps) => new(async (context, next) =>
    {
        steps.Enqueue($"{name} in");
        await next(context);
        steps.Enqueue($"{name} out {context.Result}");
    });
}
