using System.Reflection;

namespace Rpc.Contracts.Tests.Harness;

/// <summary>Files that the tests read, where they were when the tests were built.</summary>
internal static class ProjectFiles
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Metadata("ProjectDirectory"), "..", ".."));

    /// <summary>The assembly of System.Text.Json's generator, from the SDK that built the tests.</summary>
    public static string JsonGenerator { get; } = Metadata("JsonGenerator");

    private static string Metadata(string key) => typeof(ProjectFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == key).Value!;
}
