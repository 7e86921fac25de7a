using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests.Harness;

/// <summary>Makes hosts that have nothing but what a test gives them.</summary>
internal static class Hosts
{
    /// <summary>The address of a broker that no other test has.</summary>
    public static string NewBroker() => $"memory://{Guid.NewGuid():N}";

    public static HostApplicationBuilder Create(params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "desk-program", EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value));
        return builder;
    }

    /// <summary>Keeps what is logged.</summary>
    public static LogRecorder RecordLog(this IServiceCollection services)
    {
        var log = new LogRecorder();
        services.AddSingleton<ILoggerFactory>(log);
        return log;
    }

    /// <summary>Builds and starts the host.</summary>
    public static async Task<RunningHost> StartAsync(this HostApplicationBuilder builder)
    {
        var host = builder.Build();
        try
        {
            await host.StartAsync().WithinDeadlineAsync();
            return new RunningHost(host);
        }
        catch
        {
            await new RunningHost(host).DisposeAsync();
            throw;
        }
    }
}
