using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Rpc.CodeFixes;

/// <summary>Where a diagnostic is to be mended, and what is there.</summary>
internal sealed class FixTarget
{
    private FixTarget(Document document, SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        Document = document;
        Node = node;
        Model = model;
        Diagnostic = diagnostic;
        CancellationToken = cancellationToken;
    }

    public Document Document { get; }

    /// <summary>The innermost node at the diagnostic's place.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Model { get; }

    public Diagnostic Diagnostic { get; }

    public CancellationToken CancellationToken { get; }

    public Solution Solution => Document.Project.Solution;

    /// <summary>Finds the place: the member that a base declares where the diagnostic points to one, since it is reported at the contract then.</summary>
    public static async Task<FixTarget?> FindAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var location = diagnostic.AdditionalLocations.FirstOrDefault(static other => other.IsInSource) ?? diagnostic.Location;
        if (solution.GetDocument(location.SourceTree) is not { } document
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        return new FixTarget(document, root.FindNode(location.SourceSpan, getInnermostNodeForTie: true), model, diagnostic, cancellationToken);
    }

    /// <summary>The declaration around the place.</summary>
    public T? Find<T>()
        where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();
}
