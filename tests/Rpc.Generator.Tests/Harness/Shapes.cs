namespace Rpc.Generator.Tests.Harness;

/// <summary>The contracts of Sources/Shapes.cs, one for each heading there.</summary>
internal static class Shapes
{
    private const string Heading = "//# ";

    private static readonly Dictionary<string, string> s_sources = ProjectFiles.ReadSource("Shapes.cs")
        .ReplaceLineEndings("\n")
        .Split(Heading, StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(static text => text[..text.IndexOf('\n')], static text => ContractCompiler.Usings + text[(text.IndexOf('\n') + 1)..]);

    public static IReadOnlyCollection<string> Names => s_sources.Keys;

    /// <summary>What is reported, from marks <c>//! RPC0xxx</c>: these shapes are to work, though they may not be wise.</summary>
    public static IEnumerable<string> Warnings(string name) =>
        Source(name).Split('\n').Where(static line => line.Contains("//! ", StringComparison.Ordinal)).SelectMany(static line => line.Split("//! ")[1].Split(' '));

    public static string Source(string name) => s_sources[name];
}
