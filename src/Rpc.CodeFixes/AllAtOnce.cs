using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes;

/// <summary>
/// Fix All. The platform's batch fixer merges finished texts and drops fixes whose texts meet, such as two parameters of one method; here all edits go
/// into one editor, where they nest.
/// </summary>
internal sealed class AllAtOnce : FixAllProvider
{
    public static AllAtOnce Instance { get; } = new();

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (((FixProvider)fixAllContext.CodeFixProvider).Find(fixAllContext.CodeActionEquivalenceKey) is not { } fix)
        {
            return Task.FromResult<CodeAction?>(null);
        }

        return Task.FromResult<CodeAction?>(CodeAction.Create(
            fix.Title,
            async cancellationToken => await FixProvider
                .ApplyAsync(fix, fixAllContext.Solution, await FindAsync(fixAllContext).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false),
            equivalenceKey: fix.Title));
    }

    private static async Task<IEnumerable<Diagnostic>> FindAsync(FixAllContext context)
    {
        if (context.Scope == FixAllScope.Document)
        {
            return await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false);
        }

        var found = new List<Diagnostic>();
        foreach (var project in context.Scope == FixAllScope.Solution ? context.Solution.Projects.Where(Fits) : [context.Project])
        {
            found.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
        }

        return found;

        bool Fits(Project project) => project.Language == context.Project.Language;
    }
}
