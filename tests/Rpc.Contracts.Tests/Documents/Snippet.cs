using System.Text.RegularExpressions;

namespace Rpc.Contracts.Tests.Documents;

/// <summary>
/// One block of C# in a page. What follows <c>csharp</c> on the opening line are the ids of the diagnostics that the block is there to show.
/// </summary>
internal sealed partial record Snippet(string Page, int Line, IReadOnlyList<string> ExpectedIds, string Text)
{
    /// <summary>The page and line, by which a failure is found.</summary>
    public string Name => $"{Page}:{Line}";

    public static IEnumerable<Snippet> ReadAll(string root)
    {
        // docs/diagnostics has tests of its own, which also ask where in the block the diagnostic is.
        var diagnostics = Path.Combine(root, "docs", "diagnostics");
        return Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(diagnostics, StringComparison.Ordinal))
            .Append(Path.Combine(root, "README.md"))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Read(Path.GetRelativePath(root, path), File.ReadAllText(path).ReplaceLineEndings("\n")));
    }

    public static IEnumerable<Snippet> Read(string page, string text) => Fence().Matches(text).Select(match => new Snippet(
        page,
        text.AsSpan(0, match.Index).Count('\n') + 1,
        match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        match.Groups[2].Value));

    [GeneratedRegex("^```csharp([^\n]*)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
