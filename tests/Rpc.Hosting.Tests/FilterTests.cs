using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;

namespace Rpc.Hosting.Tests;

/// <summary>Filters out of the container, on both sides.</summary>
public sealed class FilterTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly ConcurrentQueue<string> _seen = new();

    [Fact]
    public async Task Server_filters_ComeFromTheScopeOfTheCall()
    {
        var builder = Builder();
        builder.Services.AddScoped<Visit>();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, VisitedDesk>().AddFilter<VisitFilter>();
        await using var host = await builder.StartAsync();

        Assert.Equal("1 by the filter", await host.Get<IDesk>().Ask("?"));
        Assert.Equal("1 by the filter", await host.Get<IDesk>().Ask("?")); // a new scope, so it counts from one again
    }

    [Fact]
    public async Task Server_filters_RunInOrder_those_of_one_service_inside()
    {
        var builder = Builder();
        builder.Services.AddRpcServer(_broker, options => options.Filters.Add(new Outermost(_seen)))
            .AddFilter<IDesk, DeskFilter>() // registered first, and yet inside
            .AddFilter<AllFilter>()
            .AddService<IDesk, EchoDesk>()
            .AddService<ITill, TillService>();
        await using var host = await builder.StartAsync();

        await host.Get<IDesk>().Ask("?");
        await host.Get<ITill>().Count();

        Assert.Equal(["outermost Ask", "all Ask", "desk Ask", "outermost Count", "all Count"], _seen);
    }

    [Fact]
    public async Task Server_filter_of_a_service_that_is_not_served_IsAnErrorOfTheStart()
    {
        var builder = Builder();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>().AddFilter<ITill, DeskFilter>();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => builder.StartAsync());

        Assert.Contains($"{typeof(DeskFilter)} is for calls of {typeof(ITill)}", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_filter_that_passes_on_another_context_IsTold()
    {
        var builder = Builder();
        builder.Services.AddRpcServer(_broker, static options => options.IncludeExceptionDetails = true)
            .AddService<IDesk, EchoDesk>().AddFilter<Confused>().AddFilter<AllFilter>();
        await using var host = await builder.StartAsync();

        var failed = await Assert.ThrowsAsync<RpcException>(() => host.Get<IDesk>().Ask("?"));

        Assert.Contains("must pass on the context that it was given", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_filters_AreSingletonsOfTheContainer_inside_those_of_the_options()
    {
        var builder = Hosts.Create();
        builder.Services.AddSingleton(_seen);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient(_broker, options => options.Filters.Add(new ClientFilter(_seen))).AddContract<IDesk>()
            .AddFilter<ClientFilter>().AddFilter<OtherClientFilter>();
        builder.Services.AddKeyedRpcClient("plain", _broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        await host.Get<IDesk>().Ask("?");
        await host.Get<IDesk>("plain").Ask("?"); // has none

        Assert.Equal(["client 1", "client 1", "other 1"], _seen);
        Assert.Same(host.Get<ClientFilter>(), host.Get<ClientFilter>());
    }

    private Microsoft.Extensions.Hosting.HostApplicationBuilder Builder()
    {
        var builder = Hosts.Create();
        builder.Services.AddSingleton(_seen);
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>().AddContract<ITill>();
        return builder;
    }

    private sealed class Visit
    {
        public int Count { get; set; }
    }

    private sealed class VisitFilter(Visit visit) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
        {
            visit.Count++;
            return next(context);
        }
    }

    private sealed class VisitedDesk(Visit visit) : IDesk
    {
        public Task<string> Ask(string question, CancellationToken cancellationToken = default) => Task.FromResult($"{visit.Count} by the filter");
    }

    private sealed class Outermost(ConcurrentQueue<string> seen) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
        {
            seen.Enqueue($"outermost {context.Method}");
            return next(context);
        }
    }

    private sealed class AllFilter(ConcurrentQueue<string> seen) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
        {
            seen.Enqueue($"all {context.Method}");
            return next(context);
        }
    }

    private sealed class DeskFilter(ConcurrentQueue<string> seen) : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
        {
            seen.Enqueue($"desk {context.Method}");
            return next(context);
        }
    }

    private sealed class Confused : IRpcServerFilter
    {
        public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) => next(null!);
    }

    private sealed class ClientFilter(ConcurrentQueue<string> seen) : IRpcClientFilter
    {
        public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            seen.Enqueue("client 1");
            return next(context);
        }
    }

    private sealed class OtherClientFilter(ConcurrentQueue<string> seen) : IRpcClientFilter
    {
        public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
        {
            seen.Enqueue("other 1");
            return next(context);
        }
    }
}
