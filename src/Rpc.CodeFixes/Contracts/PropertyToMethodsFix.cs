using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>
/// <c>int Count { get; set; }</c> becomes <c>Task&lt;int&gt; GetCountAsync(…)</c> and <c>Task SetCountAsync(int value, …)</c>. A class that implements it
/// keeps its property and gets the methods beside it.
/// </summary>
internal sealed class PropertyToMethodsFix : Fix
{
    public override string Title => "Make the property a method for each accessor";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.Property);

    public override Task<bool> FitsAsync(FixTarget target) => Task.FromResult(
        FindProperty(target) is { } property
        && PayloadClassifier.Classify(property.Type) == PayloadKind.Value
        && !property.Parameters.Any(static parameter => parameter.Name is AccessorMethods.Value or AccessorMethods.Token || parameter.IsParams)
        && !property.ContainingType.GetMembers().Any(member => member.Name == AccessorMethods.GetName(property) || member.Name == AccessorMethods.SetName(property)));

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (target.Find<BasePropertyDeclarationSyntax>() is not { } declaration || FindProperty(target) is not { } property)
        {
            return;
        }

        var methods = new AccessorMethods(property, declaration, target.Model.Compilation, target.Document);
        await editor.ReplaceAsync("methods", declaration, methods.Declare().ToArray(), target.CancellationToken).ConfigureAwait(false);

        var implementations = await SymbolFinder
            .FindImplementationsAsync(property, target.Solution, cancellationToken: target.CancellationToken).ConfigureAwait(false);
        foreach (var node in implementations
            .OfType<IPropertySymbol>()
            .Where(static implementation => implementation.ContainingType.TypeKind is TypeKind.Class or TypeKind.Struct)
            .SelectMany(static implementation => implementation.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(target.CancellationToken))
            .OfType<BasePropertyDeclarationSyntax>()
            .Where(node => MethodSites.IsWritten(target.Solution, node)))
        {
            if (node.ExplicitInterfaceSpecifier is not null)
            {
                await editor.ChangeAsync("implicit", node, static (current, _) => WithoutInterface(current), target.CancellationToken).ConfigureAwait(false);
            }

            await editor.InsertAfterAsync("methods", node, methods.Implement(), target.CancellationToken).ConfigureAwait(false);
        }
    }

    private static IPropertySymbol? FindProperty(FixTarget target) => target.Find<BasePropertyDeclarationSyntax>() is { } declaration
        ? target.Model.GetDeclaredSymbol(declaration, target.CancellationToken) as IPropertySymbol
        : null;

    private static BasePropertyDeclarationSyntax WithoutInterface(BasePropertyDeclarationSyntax node) => node switch
    {
        PropertyDeclarationSyntax property => property.WithExplicitInterfaceSpecifier(null),
        IndexerDeclarationSyntax indexer => indexer.WithExplicitInterfaceSpecifier(null),
        _ => node,
    };
}
