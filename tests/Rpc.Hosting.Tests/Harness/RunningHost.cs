using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests.Harness;

/// <summary>A host that was started, and is stopped at the end of the test.</summary>
internal sealed class RunningHost(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public T Get<T>(string name)
        where T : notnull => host.Services.GetRequiredKeyedService<T>(name);

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().WithinDeadlineAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
