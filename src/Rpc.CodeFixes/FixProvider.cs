using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes;

/// <summary>Offers fixes for the diagnostics they mend, one by one and all at once.</summary>
public abstract class FixProvider : CodeFixProvider
{
    private readonly ImmutableArray<Fix> _fixes;

    private protected FixProvider(params Fix[] fixes) => _fixes = fixes.ToImmutableArray();

    public sealed override ImmutableArray<string> FixableDiagnosticIds => _fixes.SelectMany(static fix => fix.Ids).Distinct().ToImmutableArray();

    public sealed override FixAllProvider GetFixAllProvider() => AllAtOnce.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in _fixes.Where(fix => fix.Ids.Contains(diagnostic.Id)))
            {
                if (await FixTarget.FindAsync(context.Document.Project.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } target
                    && await fix.FitsAsync(target).ConfigureAwait(false))
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(
                            fix.Title,
                            cancellationToken => ApplyAsync(fix, context.Document.Project.Solution, [diagnostic], cancellationToken),
                            equivalenceKey: fix.Title),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>The fix that an action was made for.</summary>
    internal Fix? Find(string? equivalenceKey) => _fixes.FirstOrDefault(fix => fix.Title == equivalenceKey);

    /// <summary>Mends all these diagnostics in one go, except those that the fix does not fit.</summary>
    internal static async Task<Solution> ApplyAsync(
        Fix fix, Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var editor = new FixEditor(solution);
        foreach (var diagnostic in diagnostics.Where(diagnostic => fix.Ids.Contains(diagnostic.Id)))
        {
            if (await FixTarget.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { } target
                && await fix.FitsAsync(target).ConfigureAwait(false))
            {
                await fix.ApplyAsync(target, editor).ConfigureAwait(false);
            }
        }

        return editor.GetChangedSolution();
    }
}
