using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Micro;

/// <summary><c>micro</c>: BenchmarkDotNet on the pieces of a call.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var output = OutputOption.Create();
        var command = new Command("micro", "Encode, decode, dispatch and the table of pending calls, by BenchmarkDotNet.") { output };
        command.SetAction(arguments => Run(arguments.GetValue(output)));
        return command;
    }

    private static int Run(DirectoryInfo? output)
    {
        // In this process: BenchmarkDotNet's own way is to build a project anew, which wants the sources and a package feed.
        var artifacts = output?.FullName ?? Path.Combine(Path.GetTempPath(), "rpc-bench-micro");
        var configuration = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider([.. DefaultConfig.Instance.GetColumnProviders()])
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(artifacts);
        var summary = BenchmarkRunner.Run<CallBenchmarks>(configuration);
        return summary.HasCriticalValidationErrors ? 1 : 0;
    }
}
