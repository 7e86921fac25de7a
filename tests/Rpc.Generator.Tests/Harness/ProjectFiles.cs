using System.Reflection;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Files of the repository that tests read.</summary>
internal static class ProjectFiles
{
    public static string Tests { get; } = typeof(ProjectFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "ProjectDirectory").Value!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Tests, "..", ".."));

    /// <summary>Reads a contract from Sources.</summary>
    public static string ReadSource(string name) => File.ReadAllText(Path.Combine(Tests, "Sources", name));
}
