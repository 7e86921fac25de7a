using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Discovery;

/// <summary>Finds the interfaces with <c>[RpcService]</c>, however the attribute is spelled.</summary>
internal static class ContractDiscovery
{
    // RpcServiceAttribute without the suffix, which is how names are compared.
    private const string AttributeName = "RpcService";

    /// <summary>Each contract once, in however many parts it is written.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        var files = compilation.SyntaxTrees.Select(tree => (Tree: tree, Interfaces: AttributedInterfaces.Of(tree, cancellationToken))).ToArray();
        var names = new HashSet<string>(files.SelectMany(static file => file.Interfaces.GlobalAliases), StringComparer.Ordinal) { AttributeName };
        return files
            .SelectMany(file => file.Interfaces.Named(names).Select(found =>
                compilation.GetSemanticModel(file.Tree).GetDeclaredSymbol(found, cancellationToken)))
            .OfType<INamedTypeSymbol>()
            .Where(static type => ServiceAttribute.Of(type) is not null)
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
    }
}
