using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rpc.Bench.Telemetry;

/// <summary>Somebody who listens to what the library tells, and does nothing with it: what is measured is the library's own part.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Listen">Starts listening; disposing ends it.</param>
internal sealed record Audience(string Name, Func<IDisposable?> Listen)
{
    /// <summary>From nobody to everybody.</summary>
    public static IReadOnlyList<Audience> All { get; } =
    [
        new("nobody", static () => null),
        new("nobody, but the program has a trace of its own", StartAmbient),
        new("metrics", ListenToMetrics),
        new("spans", ListenToSpans),
    ];

    private static Activity StartAmbient() => new Activity("program's").SetIdFormat(ActivityIdFormat.W3C).Start();

    private static MeterListener ListenToMetrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RpcTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private static ActivityListener ListenToSpans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RpcTelemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
