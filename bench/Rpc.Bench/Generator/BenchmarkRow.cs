namespace Rpc.Bench.Generator;

/// <summary>One kind of run, measured.</summary>
/// <param name="Name">What was run.</param>
/// <param name="Milliseconds">The whole run.</param>
/// <param name="FloorMilliseconds">The same run of a generator that hands over as many files, and looks at nothing.</param>
/// <param name="Kilobytes">Allocated, by the whole process.</param>
/// <param name="Parsed">Contracts that the pipeline looked at again.</param>
/// <param name="Emitted">Files that were printed again.</param>
internal sealed record BenchmarkRow(string Name, double Milliseconds, double FloorMilliseconds, double Kilobytes, int Parsed, int Emitted);
