using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Samples.Orders;

/// <summary>Logs, traces and metrics on the console: logs on stderr, the others on stdout.</summary>
internal static class TelemetryModule
{
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static line => line.SingleLine = true);
        builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Samples.Orders", LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a start that fails: Program says why, in one line

        // The library has one source and one meter, both called Rpc.
        builder.Services.AddOpenTelemetry()
            .WithTracing(static traces => traces
                .AddSource("Rpc")
                .AddAspNetCoreInstrumentation()
                .AddProcessor(new SimpleActivityExportProcessor(new SpanLines(Console.Out))))
            .WithMetrics(static metrics => metrics
                .AddMeter("Rpc")
                .AddMeter("Microsoft.AspNetCore.Hosting")
                .AddReader(new BaseExportingMetricReader(new MetricLines(Console.Out))));
    }
}
