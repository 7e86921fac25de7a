using System.Text.RegularExpressions;

namespace Rpc.Runtime.Tests.Documents;

/// <summary>docs/architecture.md names files that exist, and leaves out no part of the runtime.</summary>
public sealed partial class ArchitectureDocumentTests
{
    private const string Document = "docs/architecture.md";

    [Fact]
    public void Every_path_that_is_named_Exists()
    {
        var paths = Paths().Matches(Repository.Read(Document)).Select(static match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(paths.Count > 30, $"only {paths.Count} paths were found: the search is broken");
        Assert.All(paths, static path => Assert.True(Exists(path), $"{path} does not exist"));
        Assert.False(Exists("src/Rpc.Runtime/RpcServer.Invoke.cs")); // what does not exist is seen
    }

    [Fact]
    public void Every_folder_of_the_runtime_IsExplained()
    {
        var text = Repository.Read(Document);
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Rpc.Runtime"), "*", SearchOption.AllDirectories)
            .Select(static folder => Path.GetRelativePath(Repository.Root, folder).Replace('\\', '/'))
            .Where(static folder => !folder.Contains("/bin", StringComparison.Ordinal) && !folder.Contains("/obj", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.Contains(folder, text, StringComparison.Ordinal));
    }

    private static bool Exists(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    [GeneratedRegex("`((?:src|tests|docs)/[^`]+)`")]
    private static partial Regex Paths();
}
