using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>The same in ASP.NET Core, over its own server.</summary>
public sealed class WebApplicationTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Fact]
    public async Task Endpoint_CallsAContract_and_health_is_told()
    {
        await using var app = Create(static services => services.AddService<IDesk, EchoDesk>(), new Gate());
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("hello", await http.GetStringAsync(new Uri("/ask?question=hello", UriKind.Relative)));
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative)));

        Transport.Memory.MemoryBroker.Get(_broker["memory://".Length..]).Block();
        using var unhealthy = await http.GetAsync(new Uri("/health", UriKind.Relative));
        Transport.Memory.MemoryBroker.Get(_broker["memory://".Length..]).Unblock();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unhealthy.StatusCode);
        await app.StopAsync().WithinDeadlineAsync();
    }

    [Fact]
    public async Task Application_stops_RequestsThatAreUnderWayGetTheirReplies()
    {
        var gate = new Gate();
        await using var app = Create(static services => services.AddService<IDesk, GateDesk>(), gate);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var underWay = http.GetStringAsync(new Uri("/ask?question=hello", UriKind.Relative));
        await gate.ArrivalsAsync();

        var stopping = app.StopAsync();
        Assert.False(stopping.IsCompleted);
        gate.Open();

        Assert.Equal("hello", await underWay.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
    }

    private WebApplication Create(Action<RpcServerBuilder> configure, Gate gate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:rabbitmq"] = _broker;
        builder.Services.AddSingleton(gate);
        configure(builder.Services.AddRpcServer());
        builder.Services.AddRpcClient().AddContract<IDesk>();
        builder.Services.AddHealthChecks().AddRpcClient().AddRpcServer();
        var app = builder.Build();
        app.MapGet("/ask", static (IDesk desk, string question, CancellationToken cancellationToken) => desk.Ask(question, cancellationToken));
        app.MapHealthChecks("/health");
        return app;
    }
}
