using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Usage;

namespace Rpc.CodeFixes.Usage;

/// <summary><c>Add(new FibService())</c> becomes <c>Add&lt;IFib&gt;(new FibService())</c>, where the class implements one contract and no other.</summary>
internal sealed class NameContractFix : Fix
{
    public override string Title => "Name the contract";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.NotAContract);

    public override Task<bool> FitsAsync(FixTarget target) => Task.FromResult(FindContract(target) is not null);

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (FindContract(target) is { } contract && FindName(target) is { } name)
        {
            await editor.ChangeAsync(
                "contract",
                name,
                (current, generator) => SyntaxFactory.GenericName(current.Identifier.WithoutTrivia())
                    .AddTypeArgumentListArguments(TypeName.Of(generator, contract))
                    .WithTriviaFrom(current),
                target.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The method's name, with its type argument where that is written.</summary>
    private static SimpleNameSyntax? FindName(FixTarget target) =>
        target.Find<TypeArgumentListSyntax>()?.Parent as SimpleNameSyntax ?? target.Node as SimpleNameSyntax;

    private static INamedTypeSymbol? FindContract(FixTarget target)
    {
        var contracts = FindName(target) is { } name
            && target.Model.GetSymbolInfo(name, target.CancellationToken).Symbol is IMethodSymbol { TypeArguments: [var type] }
                ? type.AllInterfaces.Where(ContractCall.IsContract).ToArray()
                : [];
        return contracts.Length == 1 ? contracts[0] : null;
    }
}
