using System.Diagnostics;
using OpenTelemetry;

namespace Samples.Orders;

/// <summary>Prints each span as one line, when it ends: so what is inside comes before what it is in. In production an OTLP exporter stands here.</summary>
internal sealed class SpanLines(TextWriter output) : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            var parent = span.ParentSpanId == default ? "-" : span.ParentSpanId.ToHexString()[..4];
            var failed = span.Status == ActivityStatusCode.Error ? $", error {span.GetTagItem("error.type")}" : "";
            output.WriteLine(
                $"span    {span.TraceId.ToHexString()[..6]} {parent} > {span.SpanId.ToHexString()[..4]}  {span.Duration.TotalMilliseconds,8:F1} ms  {span.Kind.ToString().ToLowerInvariant()} {span.DisplayName}{failed}");
        }

        return ExportResult.Success;
    }
}
