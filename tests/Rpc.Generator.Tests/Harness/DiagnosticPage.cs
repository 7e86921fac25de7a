using System.Text.RegularExpressions;

namespace Rpc.Generator.Tests.Harness;

/// <summary>
/// One page of docs/diagnostics. Its examples are test data: lines of the bad one that end in <c>// RPC0xxx</c> are where the diagnostic is expected.
/// </summary>
internal sealed record DiagnosticPage(string Id, string Title, string Message, string? Bad, string? Good)
{
    public static string PathOf(string id) => Path.Combine(ProjectFiles.Root, "docs", "diagnostics", id + ".md");

    public static DiagnosticPage Read(string id)
    {
        var lines = File.ReadAllLines(PathOf(id));
        var text = string.Join("\n", lines);
        return new DiagnosticPage(id, lines[0], lines[2], Example(text, "Bad"), Example(text, "Good"));
    }

    /// <summary>The numbers of the marked lines, in the example as a file with the usings before it.</summary>
    public static IEnumerable<int> MarkedLines(string source, string id) => source
        .Split('\n')
        .Select(static (line, index) => (line, index))
        .Where(item => item.line.EndsWith("// " + id, StringComparison.Ordinal))
        .Select(static item => item.index + 1);

    private static string? Example(string text, string heading)
    {
        var match = Regex.Match(text, $"## {heading}\n\n```csharp\n(.*?)\n```", RegexOptions.Singleline);
        return match.Success ? ContractCompiler.Usings + match.Groups[1].Value : null;
    }
}
