using OpenTelemetry.Metrics;

namespace Rpc.Telemetry.Tests.Harness;

/// <summary>One metric with one set of attributes, as OpenTelemetry's SDK exports it.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Tags">The attributes.</param>
/// <param name="Value">The sum, or the latest value of a gauge.</param>
/// <param name="Count">Of histograms: how many values.</param>
/// <param name="Bounds">Of histograms: the boundaries of the buckets.</param>
internal sealed record MetricReading(string Metric, string Unit, IReadOnlyDictionary<string, object?> Tags, double Value, long Count, IReadOnlyList<double> Bounds)
{
    public object? this[string tag] => Tags.GetValueOrDefault(tag);

    public static IEnumerable<MetricReading> Of(Metric metric)
    {
        var found = new List<MetricReading>();
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var tags = new Dictionary<string, object?>();
            foreach (var (name, value) in point.Tags)
            {
                tags.Add(name, value);
            }

            found.Add(metric.MetricType switch
            {
                MetricType.Histogram => new MetricReading(metric.Name, metric.Unit, tags, point.GetHistogramSum(), point.GetHistogramCount(), BoundsOf(point)),
                MetricType.LongSum or MetricType.LongSumNonMonotonic => new MetricReading(metric.Name, metric.Unit, tags, point.GetSumLong(), 0, []),
                MetricType.DoubleGauge => new MetricReading(metric.Name, metric.Unit, tags, point.GetGaugeLastValueDouble(), 0, []),
                _ => throw new NotSupportedException($"{metric.Name} is a {metric.MetricType}."),
            });
        }

        return found;
    }

    private static List<double> BoundsOf(in MetricPoint point)
    {
        var bounds = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            if (double.IsFinite(bucket.ExplicitBound))
            {
                bounds.Add(bucket.ExplicitBound);
            }
        }

        return bounds;
    }
}
