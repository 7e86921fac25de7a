using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rpc.Bench.Generator;

/// <summary>
/// Hands over as many files as our generator, found and printed from nothing: what is left is the compiler's own cost of that many generated files,
/// which it pays in each run, also where nothing has changed.
/// </summary>
#pragma warning disable RS1036, RS1041, RS1042 // Rules for assemblies that the compiler loads; this one only takes part in a measurement.
[Generator(LanguageNames.CSharp)]
internal sealed class FloorGenerator(int files) : IIncrementalGenerator
#pragma warning restore RS1036, RS1041, RS1042
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.ParseOptionsProvider.SelectMany((_, _) => Enumerable.Range(0, files).Select(static file =>
            string.Create(CultureInfo.InvariantCulture, $"Shop.Part{file % 20}.IOrders{file}.g.cs")));
        context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name, "// " + name));
    }
}
