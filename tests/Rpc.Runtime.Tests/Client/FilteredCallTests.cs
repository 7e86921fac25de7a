using System.Text;
using static Rpc.Runtime.Tests.Client.ScriptedClient;

namespace Rpc.Runtime.Tests.Client;

/// <summary>Calls that go through client filters.</summary>
public sealed class FilteredCallTests
{
    [Fact]
    public async Task Filter_SeesTheCallOnceWithItsFinalOutcome()
    {
        var outcomes = new List<string>();
        await using var client = await StartAsync(
            ClientFilter.In(async (context, next) =>
            {
                await next(context);
                outcomes.Add($"{context.Method} {Encoding.UTF8.GetString(context.EncodedArguments.Span)} {context.Queue} {context.Result}");
            }),
            Fault(RpcStatus.ResourceExhausted, RpcReason.Busy),
            Result("42"));

        Assert.Equal(42, await client.ResultOfAsync(client.CallAsync()));
        Assert.Equal(2, client.Sent.Count); // the retry was inside
        Assert.Equal(["test.Service/Method 30 rpc.test.Service 42"], outcomes);
        client.AssertEmpty();
    }

    [Fact]
    public async Task Filter_CanAnswerByItself()
    {
        await using var client = await StartAsync(
            ClientFilter.In(static (context, _) =>
            {
                context.Result = 7;
                return default;
            }),
            Silence);

        Assert.Equal(7, await client.CallAsync().Soon());
        Assert.Empty(client.Sent);
        client.AssertEmpty();
    }

    [Theory]
    [InlineData("text")]
    [InlineData(null)]
    [InlineData(7L)]
    public async Task Result_of_another_type_IsRefusedWhereItIsSet(object? result)
    {
        await using var client = await StartAsync(
            ClientFilter.In((context, _) =>
            {
                context.Result = result;
                return default;
            }),
            Silence);

        await Assert.ThrowsAsync<InvalidCastException>(() => client.CallAsync().Soon());
    }

    [Fact]
    public async Task Filter_that_does_nothing_FailsTheCall()
    {
        await using var client = await StartAsync(ClientFilter.In(static (_, _) => default), Silence);

        Assert.Contains("without calling next", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.CallAsync().Soon())).Message, StringComparison.Ordinal);
        client.AssertEmpty();
    }

    [Fact]
    public async Task What_a_filter_throws_IsWhatTheCallerGets_CompletedWithTheNames()
    {
        await using var client = await StartAsync(ClientFilter.In(static (_, _) => throw new RpcException(RpcStatus.PermissionDenied, "not today", "detail")), Silence);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => client.CallAsync().Soon());
        Assert.Equal((RpcStatus.PermissionDenied, RpcReason.None, false, "not today"), (refusal.Status, refusal.Reason, refusal.MayHaveRun, refusal.Message));
        Assert.Equal(("test.Service", "Method", "detail"), (refusal.Service, refusal.Method, refusal.GetDetail<string>()));

        await using var other = await StartAsync(ClientFilter.In(static (_, _) => throw new FormatException("odd")), Silence);
        await Assert.ThrowsAsync<FormatException>(() => other.CallAsync().Soon());
        other.AssertEmpty();
    }

    [Fact]
    public async Task Refusal_after_the_call_SaysThatItMayHaveRun()
    {
        await using var client = await StartAsync(
            ClientFilter.In(static async (context, next) =>
            {
                await next(context);
                throw new RpcException(RpcStatus.DataLoss, "the result is nonsense");
            }),
            Result());

        Assert.True((await Assert.ThrowsAsync<RpcException>(() => client.CallAsync().Soon())).MayHaveRun);
    }

    [Fact]
    public async Task Call_that_a_filter_makes_again_RemembersThatItMayHaveRun()
    {
        await using var client = await StartAsync(
            ClientFilter.In(static async (context, next) =>
            {
                await Assert.ThrowsAsync<RpcException>(() => next(context).AsTask());
                await next(context);
            }),
            Fault(RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true),
            Fault(RpcStatus.InvalidArgument, RpcReason.BadRequest));

        var failure = await client.FailureOfAsync(client.CallAsync());
        Assert.Equal((RpcReason.BadRequest, true), (failure.Reason, failure.MayHaveRun));
    }

    [Fact]
    public async Task Headers_TravelBothWays_AndThoseOfAReplyAreTheLatestReplys()
    {
        var seen = new List<string>();
        await using var client = await StartAsync(
            ClientFilter.In(async (context, next) =>
            {
                context.Headers["added"] = "by the filter";
                await Assert.ThrowsAsync<RpcException>(() => next(context).AsTask());
                seen.AddRange(context.ReplyHeaders.Keys);
                await next(context);
                seen.Add($"then {context.ReplyHeaders.Count}");
            }),
            Fault(RpcStatus.NotFound, RpcReason.None, mayHaveRun: true, headers: new RpcHeaders { { "of-the-fault", "a" } }),
            Result());
        var headers = new RpcHeaders { { "own", "a" } };
        await client.ResultOfAsync(client.CallAsync(options: new RpcCallOptions { Headers = headers }));

        Assert.Equal(["of-the-fault", "then 0"], seen);
        Assert.Equal(["added", "own"], client.Sent.First().Headers!.Keys.Order());
        Assert.Single(headers); // the caller's own are its own
    }

    [Fact]
    public async Task Filter_that_hangs_HoldsNeitherTheDeadlineNorTheCancellationNorTheEndOfTheClient()
    {
        static ValueTask Hang(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next) => new(new TaskCompletionSource().Task);

        await using var client = await StartAsync(ClientFilter.In(Hang), Silence);
        var late = await client.FailureOfAsync(client.CallAsync(options: new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Equal((RpcStatus.DeadlineExceeded, false), (late.Status, late.MayHaveRun));

        using var source = new CancellationTokenSource();
        var cancelled = client.CallAsync(cancellationToken: source.Token);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon())).CancellationToken);

        var disposed = client.CallAsync();
        await client.DisposeAsync();
        Assert.Equal(RpcReason.Disposed, (await Assert.ThrowsAsync<RpcException>(() => disposed.Soon())).Reason);
    }

    [Fact]
    public async Task Next_after_the_call_is_over_SendsNothing()
    {
        Func<RpcClientCallContext, ValueTask>? kept = null;
        RpcClientCallContext? of = null;
        await using var client = await StartAsync(
            ClientFilter.In((context, next) =>
            {
                (kept, of) = (next, context);
                context.Result = 1;
                return default;
            }),
            Silence);
        await client.CallAsync().Soon();

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!(of!).AsTask());
        Assert.Empty(client.Sent);
    }

    [Fact]
    public async Task Too_many_at_once_AreToldWithoutBeingSent()
    {
        await using var client = await StartAsync(new RpcClientOptions { MaxInFlight = 2 }, Silence);
        var held = new[] { client.CallAsync(), client.CallAsync() };

        var refusal = await Assert.ThrowsAsync<RpcException>(() => client.CallAsync().Soon());
        Assert.Equal((RpcStatus.ResourceExhausted, RpcReason.TooManyInFlight, false), (refusal.Status, refusal.Reason, refusal.MayHaveRun));
        await client.DisposeAsync();
        await Task.WhenAll(held.Select(static call => Assert.ThrowsAsync<RpcException>(() => call))).Soon();
        client.AssertEmpty();
    }
}
