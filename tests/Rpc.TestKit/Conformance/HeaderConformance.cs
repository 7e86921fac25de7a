using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Headers, there and back, and the caller's user.</summary>
public abstract class HeaderConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Headers_of_the_options_reach_the_handler()
    {
        IReadOnlyDictionary<string, string>? seen = null;
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            seen = RpcCallContext.Current!.Headers;
            return Task.FromResult(text);
        }));
        var own = new RpcHeaders { ["tenant"] = "Ærø 😀", ["empty"] = "" };
        var trial = (await ConnectAsync<ITrial>()).With(new RpcCallOptions { Headers = own });
        own["tenant"] = "changed afterwards";

        await trial.With(new RpcCallOptions { Headers = new RpcHeaders { ["language"] = "da" } }).Run("q");
        Assert.Equal(new Dictionary<string, string> { ["tenant"] = "Ærø 😀", ["empty"] = "", ["language"] = "da" }, seen);

        await trial.With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "green" } }).Run("q");
        Assert.Equal(new Dictionary<string, string> { ["tenant"] = "green", ["empty"] = "" }, seen);

        await (await ConnectAsync<ITrial>()).Run("q");
        Assert.Empty(seen!);
    }

    [Fact]
    public async Task Nothing_but_what_is_set_and_the_wires_own_travels()
    {
        var (raw, reader) = await ServeByHandAsync();
        var clock = CreateClock();
        var trial = (await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = clock.Time }))
            .With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" } });

        var call = trial.Run("q");
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal([new("tenant", "blue")], request.Headers);
        Assert.Equal((clock.Time.GetUtcNow().ToUnixTimeMilliseconds(), null), (request.SentAt, request.Attempt));
        Assert.Equal((RawEnvelope.OwnAppId, null), (request.AppId, request.UserId));
    }

    [Fact]
    public async Task Headers_travel_with_one_way_calls()
    {
        var seen = new TaskCompletionSource<string>();
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            seen.SetResult(RpcCallContext.Current!.Headers["tenant"]);
            return Task.FromResult(text);
        }));

        await (await ConnectAsync<ITrial>()).With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" } }).Note("q");

        Assert.Equal("blue", await seen.Task.WithinDeadlineAsync());
    }

    [Theory]
    [InlineData("q")]
    [InlineData("refused")]
    [InlineData("broken")]
    public async Task Headers_of_the_reply_reach_the_client_whatever_the_outcome(string text)
    {
        var filter = new ReplyHeaderFilter();
        await ServeAsync<ITrial>(new TrialService(question =>
        {
            RpcCallContext.Current!.ReplyHeaders["cost"] = "7 €";
            return question switch
            {
                "refused" => throw new RpcException(RpcStatus.NotFound, "no such thing"),
                "broken" => throw new InvalidOperationException("a bug"),
                _ => Task.FromResult(question),
            };
        }));
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { Filters = { filter } });

        var failure = await Record.ExceptionAsync(() => trial.Run(text).WithinDeadlineAsync());

        Assert.Equal(text != "q", failure is RpcException { MayHaveRun: true });
        Assert.Equal([new("cost", "7 €")], filter.Seen!);
    }

    [Fact]
    public async Task Foreign_programs_give_and_get_headers()
    {
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            RpcCallContext.Current!.ReplyHeaders["back"] = RpcCallContext.Current.Headers["there"] + "!";
            return Task.FromResult(text);
        }));

        var reply = await (await RawAsync()).CallAsync(
            Queue, TrialMessages.Request("Run", "q") with { Headers = new Dictionary<string, string> { ["there"] = "hello" } });

        Assert.Equal([new("back", "hello!")], reply.Headers);
    }

    [Fact]
    public async Task User_is_told_where_the_client_says_so()
    {
        await ServeAsync<ITrial>(new TrialService(_ => Task.FromResult(RpcCallContext.Current!.UserId ?? "nobody")));
        var user = Address.StartsWith("amqp", StringComparison.Ordinal) ? Uri.UnescapeDataString(new Uri(Address).UserInfo.Split(':')[0]) : "";

        Assert.Equal("nobody", await (await ConnectAsync<ITrial>()).Run("q"));
        Assert.Equal(user.Length > 0 ? user : "guest", await (await ConnectAsync<ITrial>(new RpcClientOptions { SendUserId = true })).Run("q"));
    }

    [Fact]
    public async Task User_is_told_by_one_way_calls_too()
    {
        var seen = new TaskCompletionSource<string?>();
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            seen.SetResult(RpcCallContext.Current!.UserId);
            return Task.FromResult(text);
        }));

        await (await ConnectAsync<ITrial>(new RpcClientOptions { SendUserId = true })).Note("q");

        Assert.NotNull(await seen.Task.WithinDeadlineAsync());
    }

    private sealed class ReplyHeaderFilter : IRpcClientFilter
    {
        public IReadOnlyDictionary<string, string>? Seen { get; private set; }

        public async ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            try
            {
                await next(context);
            }
            finally
            {
                Seen = context.ReplyHeaders;
            }
        }
    }
}
