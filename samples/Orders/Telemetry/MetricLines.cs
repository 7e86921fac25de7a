using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Samples.Orders;

/// <summary>Prints each series of each metric as one line, when the process ends.</summary>
internal sealed class MetricLines(TextWriter output) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var tags = new List<string>();
                foreach (var (key, value) in point.Tags)
                    tags.Add($"{key}={value}");
                output.WriteLine($"metric  {metric.Name} {Value(metric, point)}  {string.Join(' ', tags)}");
            }
        }

        return ExportResult.Success;
    }

    private static string Value(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.Histogram or MetricType.ExponentialHistogram => $"{point.GetHistogramCount()} times, {point.GetHistogramSum():G3} {metric.Unit} in all",
        MetricType.LongSum or MetricType.LongSumNonMonotonic => $"{point.GetSumLong()}",
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => $"{point.GetSumDouble():G3} {metric.Unit}",
        MetricType.LongGauge => $"{point.GetGaugeLastValueLong()}",
        _ => $"{point.GetGaugeLastValueDouble():G3} {metric.Unit}",
    };
}
