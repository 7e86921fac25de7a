using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Rpc.Telemetry.Tests.Harness;

/// <summary>OpenTelemetry's SDK, wired as in a program, with exporters of the tests' own.</summary>
internal sealed class Recorder : IDisposable, IAsyncDisposable
{
    private readonly Keeper<Activity, Activity> _spans = new(static span => [span]);
    private readonly Keeper<Metric, MetricReading> _points = new(MetricReading.Of);
    private readonly TracerProvider _tracing;
    private readonly MeterProvider _metrics;

    /// <param name="sampler">Which spans are recorded; by default all.</param>
    public Recorder(Sampler? sampler = null)
    {
        _tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(RpcTelemetry.Name)
            .SetSampler(sampler ?? new ParentBasedSampler(new AlwaysOnSampler()))
            .AddProcessor(new SimpleActivityExportProcessor(_spans))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(RpcTelemetry.Name)
            .AddReader(new BaseExportingMetricReader(_points))
            .Build();
    }

    /// <summary>The spans that have ended, in their order.</summary>
    public IReadOnlyList<Activity> Spans => _spans.Kept;

    public IReadOnlyList<Activity> Clients => [.. Spans.Where(static span => span.Kind == ActivityKind.Client)];

    public IReadOnlyList<Activity> Servers => [.. Spans.Where(static span => span.Kind == ActivityKind.Server)];

    public Activity Client => Assert.Single(Clients);

    public Activity Server => Assert.Single(Servers);

    /// <summary>What the metrics say now.</summary>
    public IReadOnlyList<MetricReading> Points()
    {
        _points.Forget();
        Assert.True(_metrics.ForceFlush());
        return _points.Kept;
    }

    public IReadOnlyList<MetricReading> Points(string metric) => [.. Points().Where(point => point.Metric == metric)];

    /// <summary>The only set of attributes that a metric has been measured with.</summary>
    public MetricReading Point(string metric) => Assert.Single(Points(metric));

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _metrics.Dispose();
    }
}
