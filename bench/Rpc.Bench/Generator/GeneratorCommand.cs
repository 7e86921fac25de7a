using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Rpc.Bench.Generator;

/// <summary><c>generator</c>: time and memory of the source generator.</summary>
internal static class GeneratorCommand
{
    public static Command Create()
    {
        var contracts = new Option<int[]>("--contracts")
        {
            Description = "How many contracts of ten methods, each in a file of its own.",
            DefaultValueFactory = static _ => [1, 10, 100, 1_000],
            AllowMultipleArgumentsPerToken = true,
        };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each measurement, of which the median counts.", DefaultValueFactory = static _ => 15 };
        var command = new Command("generator", "Cold and incremental runs of the source generator over contracts of ten methods.") { contracts, rounds };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(contracts), arguments.GetValue(rounds)));
        return command;
    }

    private static int Run(int[] sizes, int rounds)
    {
        if (rounds < 1 || sizes.Any(static size => size < 1))
        {
            Console.Error.WriteLine("--contracts and --rounds are numbers from 1 on.");
            return 2;
        }

        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {rounds} rounds, median\n");
        Console.WriteLine("| contracts | run | ms | of it Roslyn's own | KB allocated | contracts parsed again | files made anew |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|");

        // The first measurement of a process measures the JIT compiler; this one is thrown away.
        _ = new GeneratorBenchmark(10).Measure(30);
        foreach (var size in sizes)
        {
            foreach (var row in new GeneratorBenchmark(size).Measure(rounds))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {size:N0} | {row.Name} | {row.Milliseconds:N2} | {row.FloorMilliseconds:N2} | {row.Kilobytes:N0} | {row.Parsed:N0} | {row.Emitted:N0} |"));
            }
        }

        return 0;
    }
}
