using System.Collections.Immutable;
using System.Threading.Tasks;

namespace Rpc.CodeFixes;

/// <summary>One way to mend what one or more diagnostics report. Stateless.</summary>
internal abstract class Fix
{
    /// <summary>What the editor shows, and what tells this fix from another of the same diagnostic.</summary>
    public abstract string Title { get; }

    /// <summary>The diagnostics it mends.</summary>
    public abstract ImmutableArray<string> Ids { get; }

    /// <summary>Whether it can be applied; what it would leave broken is not offered.</summary>
    public abstract Task<bool> FitsAsync(FixTarget target);

    /// <summary>
    /// Notes the edits. They are carried out together with those of other diagnostics, so each computes its result from the node as it is then.
    /// </summary>
    public abstract Task ApplyAsync(FixTarget target, FixEditor editor);
}
