using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rpc.Bench.Generator;

/// <summary>Finds what our generator finds, and does nothing: what is left is the compiler's own cost of an incremental generator.</summary>
#pragma warning disable RS1036, RS1041, RS1042 // Rules for assemblies that the compiler loads; this one only takes part in a measurement.
[Generator(LanguageNames.CSharp)]
internal sealed class FloorGenerator : IIncrementalGenerator
#pragma warning restore RS1036, RS1041, RS1042
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Rpc.RpcServiceAttribute",
            static (node, _) => node is InterfaceDeclarationSyntax,
            static (found, _) => ((InterfaceDeclarationSyntax)found.TargetNode).Identifier.ValueText);
        context.RegisterSourceOutput(found, static (output, name) => output.AddSource(name, "// " + name));
    }
}
