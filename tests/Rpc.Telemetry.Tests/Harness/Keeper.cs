using System.Collections.Concurrent;
using OpenTelemetry;

namespace Rpc.Telemetry.Tests.Harness;

/// <summary>An exporter that keeps what it is given.</summary>
/// <param name="keep">Makes of each what is kept: the SDK uses metrics again after the export.</param>
internal sealed class Keeper<T, TKept>(Func<T, IEnumerable<TKept>> keep) : BaseExporter<T>
    where T : class
{
    private readonly ConcurrentQueue<TKept> _kept = new();

    public IReadOnlyList<TKept> Kept => [.. _kept];

    public void Forget() => _kept.Clear();

    public override ExportResult Export(in Batch<T> batch)
    {
        foreach (var item in batch)
        {
            foreach (var kept in keep(item))
            {
                _kept.Enqueue(kept);
            }
        }

        return ExportResult.Success;
    }
}
