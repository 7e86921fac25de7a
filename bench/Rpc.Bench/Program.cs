using System.CommandLine;
using Rpc.Bench.Generator;

var root = new RootCommand("Measures what the library costs. Build with -c Release; every command says what it measures and prints a table in Markdown.")
{
    GeneratorCommand.Create(),
};
return root.Parse(args).Invoke();
