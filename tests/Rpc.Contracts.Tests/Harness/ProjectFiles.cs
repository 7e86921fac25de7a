using System.Reflection;

namespace Rpc.Contracts.Tests.Harness;

/// <summary>Where the repository is that the tests were built from.</summary>
internal static class ProjectFiles
{
    private static readonly string s_tests = typeof(ProjectFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "ProjectDirectory").Value!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(s_tests, "..", ".."));
}
