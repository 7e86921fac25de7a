using System.CommandLine;
using Rpc.Bench.Compare;
using Rpc.Bench.Fairness;
using Rpc.Bench.Generator;
using Rpc.Bench.Lone;
using Rpc.Bench.Memory;
using Rpc.Bench.Micro;
using Rpc.Bench.Processes;
using Rpc.Bench.Soak;
using Rpc.Bench.Telemetry;

var root = new RootCommand("Measures what the library costs. Build with -c Release; every command says what it measures and prints a table in Markdown.")
{
    CompareCommand.Create(),
    CompareCommand.CreateQuick(),
    FairnessCommand.Create(),
    MemoryCommand.Create(),
    MicroCommand.Create(),
    GeneratorCommand.Create(),
    ServeCommand.Create(),
    LoadCommand.Create(),
    LoneCommand.Create(),
    SoakCommand.Create(),
    TelemetryCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
