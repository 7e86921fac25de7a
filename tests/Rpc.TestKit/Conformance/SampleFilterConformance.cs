using System.Collections.Concurrent;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Three filters that users write, as the documents show them: a log, an API key, a cache.</summary>
public abstract class SampleFilterConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Log_has_a_line_for_each_call_on_both_sides()
    {
        var (clients, servers) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await ServeAsync<ITrial>(
            new TrialService(text => text == "refused" ? throw new RpcException(RpcStatus.NotFound, "nothing") : Task.FromResult(text)),
            new RpcServerOptions { Filters = { new ServerLogFilter(servers) } });
        var client = await ConnectAsync(new RpcClientOptions { Filters = { new ClientLogFilter(clients) } });

        await Proxy<ITrial>(client).Run("q");
        await Assert.ThrowsAsync<RpcException>(() => Proxy<ITrial>(client).Run("refused"));
        await Assert.ThrowsAsync<RpcException>(() => Proxy<ITrial>(client, NewQueue()).Run("nobody"));

        Assert.Equal([$"{TrialRpc.Service}/Run: ok", $"{TrialRpc.Service}/Run: NotFound/None", $"{TrialRpc.Service}/Run: Unavailable/NoServer"], clients);
        Assert.Equal(["Run: ok", "Run: NotFound"], servers);
    }

    [Fact]
    public async Task Only_who_has_the_key_is_served()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service, new RpcServerOptions { Filters = { new RequireKeyFilter("k-1", "k-2") } });
        var plain = await ConnectAsync<ITrial>();
        var keyed = await ConnectAsync<ITrial>(new RpcClientOptions { Filters = { new SendKeyFilter("k-2") } });
        var wrong = await ConnectAsync<ITrial>(new RpcClientOptions { Filters = { new SendKeyFilter("k-3") } });

        await FailsAsync(plain.Run("q"), RpcStatus.Unauthenticated, RpcReason.None, mayHaveRun: false);
        await FailsAsync(wrong.Run("q"), RpcStatus.PermissionDenied, RpcReason.None, mayHaveRun: false);
        Assert.Equal("keyed", await keyed.Run("keyed"));
        Assert.Equal("by hand", await plain.With(new RpcCallOptions { Headers = new RpcHeaders { ["api-key"] = "k-1" } }).Run("by hand"));
        Assert.Equal(["keyed", "by hand"], service.Entered);
    }

    [Fact]
    public async Task Same_question_is_asked_once()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions { Filters = { new CacheFilter() } });
        var trial = Proxy<ITrial>(client);

        Assert.Equal(["a", "a", "b", "a"], [await trial.Repeat("a"), await trial.Repeat("a"), await trial.Repeat("b"), await trial.Repeat("a")]);
        Assert.Equal(["c", "c"], [await trial.Run("c"), await trial.Run("c")]);

        Assert.Equal(["a", "b", "c", "c"], service.Entered);
        Assert.Equal(0, client.Calls.InFlight);
    }

    private sealed class ClientLogFilter(ConcurrentQueue<string> lines) : IRpcClientFilter
    {
        public async ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            try
            {
                await next(context);
                lines.Enqueue($"{context.Method}: ok");
            }
            catch (RpcException failure)
            {
                lines.Enqueue($"{context.Method}: {failure.Status}/{failure.Reason}");
                throw;
            }
        }
    }

    private sealed class ServerLogFilter(ConcurrentQueue<string> lines) : IRpcServerFilter
    {
        public async ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
        {
            try
            {
                await next(context);
                lines.Enqueue($"{context.Method}: ok");
            }
            catch (RpcException failure)
            {
                lines.Enqueue($"{context.Method}: {failure.Status}");
                throw;
            }
        }
    }

    private sealed class SendKeyFilter(string key) : IRpcClientFilter
    {
        public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            context.Headers["api-key"] = key;
            return next(context);
        }
    }

    private sealed class RequireKeyFilter(params string[] keys) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) =>
            !context.Headers.TryGetValue("api-key", out var key) ? throw new RpcException(RpcStatus.Unauthenticated, "an api-key is needed")
            : !keys.Contains(key) ? throw new RpcException(RpcStatus.PermissionDenied, "this api-key is not known")
            : next(context);
    }

    // Results of idempotent methods, by method and encoded arguments.
    private sealed class CacheFilter : IRpcClientFilter
    {
        private readonly ConcurrentDictionary<(RpcMethod, string), object?> _results = new();

        public async ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            if (!context.Method.Idempotent)
            {
                await next(context);
                return;
            }

            var key = (context.Method, Convert.ToBase64String(context.EncodedArguments.Span));
            if (_results.TryGetValue(key, out var known))
            {
                context.Result = known;
                return;
            }

            await next(context);
            _results[key] = context.Result;
        }
    }
}
