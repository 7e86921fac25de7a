using System.Reflection;

namespace Rpc.Runtime.Tests;

/// <summary>Files of the repository that tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Metadata("ProjectDirectory"), "..", ".."));

    /// <summary>The generator that compiled these tests; it is no reference of theirs.</summary>
    public static string GeneratorAssembly { get; } =
        Path.Combine(Root, "src", "Rpc.Generator", "bin", Metadata("Configuration"), "netstandard2.0", "Rpc.Generator.dll");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
