using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>
/// Gives an overload a wire name made of its parameters: <c>[RpcMethod("GetByName")]</c>. The first overload keeps the name it has, so that programs
/// that call it need not change.
/// </summary>
internal sealed class NameOverloadFix : Fix
{
    public override string Title => "Give the overload a wire name of its own";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.UnnamedOverload);

    public override Task<bool> FitsAsync(FixTarget target) => Task.FromResult(target.Find<MethodDeclarationSyntax>() is not null);

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (target.Find<MethodDeclarationSyntax>() is not { } declaration
            || target.Model.GetDeclaredSymbol(declaration, target.CancellationToken) is not { } method)
        {
            return;
        }

        var name = ChooseNames(FindContract(target) ?? method.ContainingType).First(chosen => Same(chosen.Method, method)).Name;
        await editor.ChangeAsync(
            "name",
            declaration,
            (current, generator) => MethodAttributeSyntax.WithName(current, generator, target.Model.Compilation, name),
            target.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The interface that the diagnostic is about; the overload may be a base's.</summary>
    private static INamedTypeSymbol? FindContract(FixTarget target) =>
        target.Diagnostic.Location.SourceTree is { } tree
        && target.Model.Compilation.ContainsSyntaxTree(tree)
        && tree.GetRoot(target.CancellationToken).FindNode(target.Diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InterfaceDeclarationSyntax>() is { } node
            ? target.Model.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node, target.CancellationToken)
            : null;

    /// <summary>Names all methods of a contract at once, in their order, so that fixes of several overloads agree without knowing of each other.</summary>
    private static IEnumerable<(IMethodSymbol Method, string Name)> ChooseNames(INamedTypeSymbol contract)
    {
        var methods = new[] { contract }.Concat(contract.AllInterfaces)
            .SelectMany(static type => type.GetMembers())
            .OfType<IMethodSymbol>()
            .Where(static method => method is { IsAbstract: true, IsStatic: false, MethodKind: MethodKind.Ordinary })
            .ToArray();
        var taken = new HashSet<string>(methods.Select(WireName), StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in methods)
        {
            yield return (method, seen.Add(WireName(method)) ? WireName(method) : Candidates(method).First(taken.Add));
        }
    }

    private static string WireName(IMethodSymbol method) => MethodAttribute.Of(method).Name ?? method.Name;

    /// <summary>GetByIdAndYear, then GetInt32Int32, then GetInt32Int322, …</summary>
    private static IEnumerable<string> Candidates(IMethodSymbol method)
    {
        var parameters = ParameterClassifier.WithoutToken(method).ToArray();
        var byTypes = method.Name + string.Concat(parameters.Select(static parameter => Word(parameter.Type)));
        if (parameters.Length > 0)
        {
            yield return method.Name + "By" + string.Join("And", parameters.Select(static parameter => Capitalized(parameter.Name)));
            yield return byTypes;
        }

        for (var number = 2; ; number++)
        {
            yield return byTypes + number;
        }
    }

    private static string Word(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Word(array.ElementType) + "Array",
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.Name + string.Concat(generic.TypeArguments.Select(Word)),
        _ => type.Name,
    };

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static bool Same(IMethodSymbol left, IMethodSymbol right) =>
        SymbolEqualityComparer.Default.Equals(left.OriginalDefinition, right.OriginalDefinition);
}
