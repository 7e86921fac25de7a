using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator;

namespace Rpc.Bench.Generator;

/// <summary>Runs the generator as the compiler and the editor do: with the driver of the run before, over the next compilation.</summary>
internal sealed class GeneratorBenchmark(int contracts)
{
    // The pipeline's step that looks at contracts: at all of them, or at none.
    private const string ParseStep = "Parse";

    public IEnumerable<BenchmarkRow> Measure(int rounds) =>
    [
        // A cold run gets a compilation that no one has asked anything yet, as in a build.
        Row("cold", rounds, isCold: true, static project => project.Compilation.Clone()),
        Row("nothing changed", rounds, isCold: false, static project => project.Compilation),
        Row("edit outside contracts", rounds, isCold: false, static project => project.EditElsewhere()),
        Row("edit in one contract", rounds, isCold: false, static project => project.EditContract()),
    ];

    private BenchmarkRow Row(string name, int rounds, bool isCold, Func<ContractProject, CSharpCompilation> next)
    {
        var whole = Run(static () => new RpcGenerator(), rounds, isCold, next);
        var floor = Run(() => new FloorGenerator(contracts), rounds, isCold, next);
        var (parsed, emitted) = Count(isCold, next);
        return new BenchmarkRow(name, whole.Milliseconds, floor.Milliseconds, whole.Kilobytes, parsed, emitted);
    }

    private (double Milliseconds, double Kilobytes) Run(Func<IIncrementalGenerator> create, int rounds, bool isCold, Func<ContractProject, CSharpCompilation> next)
    {
        var project = new ContractProject(contracts);
        GeneratorDriver warm = Driver(create(), isTracked: false).RunGenerators(project.Compilation);
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var compilation = next(project);
            GeneratorDriver driver = isCold ? Driver(create(), isTracked: false) : warm;
            GC.Collect();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var ran = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0);
            warm = ran;
        }

        return (Median(times), Median(bytes));
    }

    /// <summary>Counts in a run of its own: tracking costs time.</summary>
    private (int Parsed, int Emitted) Count(bool isCold, Func<ContractProject, CSharpCompilation> next)
    {
        var project = new ContractProject(contracts);
        GeneratorDriver driver = Driver(new RpcGenerator(), isTracked: true);
        driver = isCold ? driver.RunGenerators(project.Compilation) : driver.RunGenerators(project.Compilation).RunGenerators(next(project));
        var result = driver.GetRunResult().Results.Single();
        return (
            result.TrackedSteps[ParseStep].SelectMany(static step => step.Outputs).All(static output => output.Reason == IncrementalStepRunReason.Cached) ? 0 : contracts,
            result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs).Count(static output =>
                output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified));
    }

    private static CSharpGeneratorDriver Driver(IIncrementalGenerator generator, bool isTracked) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()],
        parseOptions: ContractProject.Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, isTracked));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
