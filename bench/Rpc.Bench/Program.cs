using System.CommandLine;
using Rpc.Bench.Generator;
using Rpc.Bench.Soak;

var root = new RootCommand("Measures what the library costs. Build with -c Release; every command says what it measures and prints a table in Markdown.")
{
    GeneratorCommand.Create(),
    SoakCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
