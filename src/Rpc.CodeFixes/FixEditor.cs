using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace Rpc.CodeFixes;

/// <summary>
/// Collects the edits of any number of fixes in any number of documents. An edit is made once, however many diagnostics ask for it: a base's member
/// is reported at every contract that inherits it, and a file may belong to several projects.
/// </summary>
internal sealed class FixEditor(Solution solution)
{
    private readonly SolutionEditor _editor = new(solution);
    private readonly HashSet<(string Edit, SyntaxTree Tree, int Start, int Length)> _made = [];

    /// <summary>Replaces a node of the original solution by what becomes of it as it is when its turn comes.</summary>
    /// <param name="edit">What the edit does; two edits of one node differ in this.</param>
    /// <param name="node">The node.</param>
    /// <param name="change">Makes the new node.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ChangeAsync<T>(string edit, T node, Func<T, SyntaxGenerator, SyntaxNode> change, CancellationToken cancellationToken)
        where T : SyntaxNode
    {
        if (await BeginAsync(edit, node, cancellationToken).ConfigureAwait(false) is { } editor)
        {
            editor.ReplaceNode(node, (current, generator) => current is T same ? change(same, generator) : current);
        }
    }

    /// <summary>Removes a node, and the comma that goes with it.</summary>
    public async Task RemoveAsync(SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await BeginAsync("remove", node, cancellationToken).ConfigureAwait(false) is { } editor)
        {
            editor.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia);
        }
    }

    /// <summary>Puts several nodes where one was, as one property becomes two methods.</summary>
    public async Task ReplaceAsync(string edit, SyntaxNode node, IReadOnlyList<SyntaxNode> replacements, CancellationToken cancellationToken)
    {
        if (await BeginAsync(edit, node, cancellationToken).ConfigureAwait(false) is { } editor)
        {
            editor.InsertBefore(node, replacements.Take(replacements.Count - 1));
            editor.ReplaceNode(node, replacements[replacements.Count - 1]);
        }
    }

    /// <summary>Adds members behind one.</summary>
    public async Task InsertAfterAsync(string edit, SyntaxNode node, IEnumerable<SyntaxNode> added, CancellationToken cancellationToken)
    {
        if (await BeginAsync(edit, node, cancellationToken).ConfigureAwait(false) is { } editor)
        {
            editor.InsertAfter(node, added);
        }
    }

    public Solution GetChangedSolution() => _editor.GetChangedSolution();

    /// <summary>The editor of the node's document, unless the edit is made already or the document is generated.</summary>
    private async Task<SyntaxEditor?> BeginAsync(string edit, SyntaxNode node, CancellationToken cancellationToken) =>
        solution.GetDocument(node.SyntaxTree) is { } document and not SourceGeneratedDocument
        && _made.Add((edit, node.SyntaxTree, node.SpanStart, node.Span.Length))
            ? await _editor.GetDocumentEditorAsync(document.Id, cancellationToken).ConfigureAwait(false)
            : null;
}
