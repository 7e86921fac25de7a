using System.Collections.Concurrent;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Code around calls, on the server's side.</summary>
public abstract class FilterConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Filters_run_around_the_handler_the_first_one_outermost()
    {
        var steps = new ConcurrentQueue<string>();
        await ServeAsync<ITrial>(
            new TrialService(text =>
            {
                steps.Enqueue(text);
                return Task.FromResult(text);
            }),
            new RpcServerOptions { Filters = { Noting("outer", steps), Noting("inner", steps) } });
        var trial = await ConnectAsync<ITrial>();

        Assert.Equal("a", await trial.Run("a"));
        Assert.Equal("b", await trial.Run("b"));

        Assert.Equal(
            ["outer Run in", "inner Run in", "a", "inner Run out", "outer Run out", "outer Run in", "inner Run in", "b", "inner Run out", "outer Run out"], steps);
    }

    [Fact]
    public async Task Call_that_a_filter_refuses_did_not_run()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service, new RpcServerOptions
        {
            Filters = { new ServerFilter((_, _) => throw new RpcException(RpcStatus.PermissionDenied, "not you", new Point(1, 2))) },
        });

        var failure = await FailsAsync(
            (await ConnectAsync<ITrial>()).Run("q").WithinDeadlineAsync(), RpcStatus.PermissionDenied, RpcReason.None, mayHaveRun: false);

        Assert.Equal(("not you", new Point(1, 2)), (failure.Message, failure.GetDetail<Point>()));
        Assert.Empty(service.Entered);
    }

    [Fact]
    public async Task Call_that_a_filter_refuses_after_the_handler_has_run()
    {
        await ServeAsync<ITrial>(new TrialService(), new RpcServerOptions
        {
            Filters =
            {
                new ServerFilter(async (context, next) =>
                {
                    await next(context);
                    throw new RpcException(RpcStatus.DataLoss, "thrown away");
                }),
            },
        });

        var failure = await FailsAsync((await ConnectAsync<ITrial>()).Run("q").WithinDeadlineAsync(), RpcStatus.DataLoss, RpcReason.None, mayHaveRun: true);

        Assert.Equal("thrown away", failure.Message);
    }

    [Fact]
    public async Task Filter_that_fails_before_the_handler_is_a_bug_that_did_not_run()
    {
        using var log = new LogRecorder();
        await ServeAsync<ITrial>(
            new TrialService(), new RpcServerOptions { LoggerFactory = log, Filters = { new ServerFilter((_, _) => throw new InvalidOperationException("swordfish")) } });

        var failure = await FailsAsync((await ConnectAsync<ITrial>()).Run("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: false);

        Assert.DoesNotContain("swordfish", failure.Message, StringComparison.Ordinal);
        Assert.Single(log.Lines(200));
    }

    [Fact]
    public async Task Next_may_be_called_again_and_the_last_result_counts()
    {
        var count = 0;
        var service = new TrialService(_ => ++count < 3 ? throw new TimeoutException("the disk is slow") : Task.FromResult($"{count}"));
        await ServeAsync<ITrial>(service, new RpcServerOptions
        {
            Filters =
            {
                new ServerFilter(async (context, next) =>
                {
                    for (var attempt = 1; ; attempt++)
                    {
                        try
                        {
                            await next(context);
                            return;
                        }
                        catch (TimeoutException) when (attempt < 5)
                        {
                            // Once more.
                        }
                    }
                }),
                new ServerFilter(async (context, next) =>
                {
                    await next(context);
                    await next(context);
                }),
            },
        });
        var raw = await RawAsync();

        Assert.Equal("\"4\"", (await raw.CallAsync(Queue, TrialMessages.Request("Run", "q"))).Text);
        Assert.Equal(4, service.Entered.Count);
        Assert.Equal("\"6\"", (await raw.CallAsync(Queue, TrialMessages.Request("Run", "exactly one reply each"))).Text);
    }

    [Fact]
    public async Task Exceptions_of_handlers_are_translated_by_a_filter()
    {
        await ServeAsync<ITrial>(
            new TrialService(text => throw new KeyNotFoundException(text)),
            new RpcServerOptions
            {
                Filters =
                {
                    new ServerFilter(async (context, next) =>
                    {
                        try
                        {
                            await next(context);
                        }
                        catch (KeyNotFoundException missing)
                        {
                            throw new RpcException(RpcStatus.NotFound, $"no {missing.Message}");
                        }
                    }),
                },
            });

        var failure = await FailsAsync((await ConnectAsync<ITrial>()).Run("order 7").WithinDeadlineAsync(), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        Assert.Equal("no order 7", failure.Message);
    }

    [Fact]
    public async Task Filter_and_handler_share_the_context()
    {
        RpcCallContext? seen = null;
        await ServeAsync<ITrial>(
            new TrialService(text => Task.FromResult($"{text} {ReferenceEquals(seen, RpcCallContext.Current)}")),
            new RpcServerOptions
            {
                Filters =
                {
                    new ServerFilter((context, next) =>
                    {
                        seen = context;
                        return ReferenceEquals(context, RpcCallContext.Current) ? next(context) : throw new InvalidOperationException("another one");
                    }),
                },
            });

        Assert.Equal("q True", await (await ConnectAsync<ITrial>()).Run("q"));
    }

    [Fact]
    public async Task Unreadable_arguments_and_unknown_methods_pass_the_filters_as_they_leave()
    {
        var failures = new ConcurrentQueue<string>();
        await ServeAsync<ITrial>(new TrialService(), new RpcServerOptions
        {
            Filters =
            {
                new ServerFilter(async (context, next) =>
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception)
                    {
                        failures.Enqueue(context.Method);
                        throw;
                    }
                }),
            },
        });
        var raw = await RawAsync();

        var unreadable = await raw.CallAsync(Queue, TrialMessages.Request("Run", "q\u0001") with { Body = "{"u8.ToArray() });
        var unknown = await raw.CallAsync(Queue, TrialMessages.Request("Stroll", "q"));

        Assert.Equal(("BadRequest", "UnknownMethod"), (unreadable.Member("reason"), unknown.Member("reason")));
        Assert.Equal(["Run", "Stroll"], failures);
    }

    [Fact]
    public async Task One_way_calls_pass_the_filters()
    {
        var steps = new ConcurrentQueue<string>();
        var service = new TrialService();
        await ServeAsync<ITrial>(service, new RpcServerOptions { Filters = { Noting("f", steps) } });

        await (await ConnectAsync<ITrial>()).Note("n");

        await Eventually.IsTrueAsync(() => steps.Count == 2, "the filter is done");
        Assert.Equal(["f Note in", "f Note out"], steps);
    }

    private static ServerFilter Noting(string name, ConcurrentQueue<string> steps) => new(async (context, next) =>
    {
        steps.Enqueue($"{name} {context.Method} in");
        await next(context);
        steps.Enqueue($"{name} {context.Method} out");
    });
}
