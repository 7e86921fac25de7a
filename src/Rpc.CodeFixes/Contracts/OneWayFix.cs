using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;

namespace Rpc.CodeFixes.Contracts;

/// <summary><c>void Log(string line)</c> becomes <c>[RpcMethod(OneWay = true)] Task Log(string line)</c>.</summary>
internal sealed class OneWayFix : ReturnTaskFix
{
    public override string Title => "Make it a one-way call, which ends when the broker has it";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.VoidReturn);

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (target.Find<MethodDeclarationSyntax>() is { } declaration)
        {
            await editor.ChangeAsync(
                "one-way",
                declaration,
                (current, generator) => MethodAttributeSyntax.WithFlag(current, generator, target.Model.Compilation, "OneWay"),
                target.CancellationToken).ConfigureAwait(false);
            await base.ApplyAsync(target, editor).ConfigureAwait(false);
        }
    }
}
