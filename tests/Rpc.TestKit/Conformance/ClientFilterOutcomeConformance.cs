using System.Collections.Concurrent;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What client filters make of outcomes, and what they see of them.</summary>
public abstract class ClientFilterOutcomeConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Filter_that_refuses_before_the_call_says_that_it_did_not_run()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions
        {
            Filters = { new ClientFilter((_, _) => throw new RpcException(RpcStatus.Unauthenticated, "log in first", new Point(1, 2))) },
        });

        var failure = await FailsAsync(Proxy<ITrial>(client).Run("q").WithinDeadlineAsync(), RpcStatus.Unauthenticated, RpcReason.None, mayHaveRun: false);

        Assert.Equal((TrialRpc.Service, "Run", Queue), (failure.Service, failure.Method, failure.Queue));
        Assert.Equal(("log in first", new Point(1, 2)), (failure.Message, failure.GetDetail<Point>()));
        Assert.Empty(service.Entered);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Filter_that_refuses_after_the_call_says_that_it_may_have_run()
    {
        await ServeAsync<ITrial>(new TrialService());
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions
        {
            Filters =
            {
                new ClientFilter(async (context, next) =>
                {
                    await next(context);
                    throw new RpcException(RpcStatus.OutOfRange, "too much");
                }),
            },
        });

        await FailsAsync(trial.Run("q").WithinDeadlineAsync(), RpcStatus.OutOfRange, RpcReason.None, mayHaveRun: true);
    }

    [Fact]
    public async Task Filter_sees_the_outcome_after_all_attempts()
    {
        var steps = new ConcurrentQueue<string>();
        var (raw, reader) = await ServeByHandAsync();
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions
        {
            Retry = new RpcRetryOptions { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
            Filters = { Noting("f", steps) },
        });

        var call = trial.Run("q");
        await raw.FailAsync(await reader.NextAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        await raw.FailAsync(await reader.NextAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        await raw.SucceedAsync(await reader.NextAsync(), "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal(["f in", "f out a"], steps);
    }

    [Fact]
    public async Task Filter_sees_arguments_that_cannot_be_sent_and_cancelled_calls()
    {
        var failures = new ConcurrentQueue<string>();
        var client = await ConnectAsync(new RpcClientOptions
        {
            MaxRequestSize = 100,
            Filters =
            {
                new ClientFilter(async (context, next) =>
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception failure)
                    {
                        failures.Enqueue(failure is RpcException { Reason: var reason } ? $"{reason}" : failure.GetType().Name);
                        throw;
                    }
                }),
            },
        });
        await ServeByHandAsync();
        using var source = new CancellationTokenSource();

        await FailsAsync(Proxy<ITrial>(client).Run(new string('x', 100)), RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync())).CancellationToken);
        await Eventually.IsTrueAsync(() => failures.Count == 2, "the filter has seen both"); // its caller does not wait for it once the token has fired
        Assert.Equal(["Arguments", nameof(TaskCanceledException)], failures);
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task Filter_that_does_nothing_at_all_is_an_error_of_its_author()
    {
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { Filters = { new ClientFilter((_, _) => default) } });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => trial.Run("q"));

        Assert.Contains("next", error.Message, StringComparison.Ordinal);
        await trial.Note("nothing to return, so nothing is missing");
    }

    private static ClientFilter Noting(string name, ConcurrentQueue<string> steps) => new(async (context, next) =>
    {
        steps.Enqueue($"{name} in");
        await next(context);
        steps.Enqueue($"{name} out {context.Result}");
    });
}
