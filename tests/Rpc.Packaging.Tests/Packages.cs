using System.IO.Compression;
using System.Reflection;
using Rpc.Packaging.Tests;

[assembly: AssemblyFixture(typeof(Packages))]

namespace Rpc.Packaging.Tests;

/// <summary>The packages, packed once into a folder of their own, under a version that exists nowhere else.</summary>
public sealed class Packages : IAsyncLifetime
{
    /// <summary>Where the sources are.</summary>
    public static string Repository => Path.GetFullPath(Path.Combine(Metadata("ProjectDirectory"), "..", ".."));

    /// <summary>Everything the tests write.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("rpc-test-packages-").FullName;

    public string Feed => Path.Combine(Root, "feed");

    /// <summary>New in each run, so that no cache and no registry can have it.</summary>
    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { "Rpc.Abstractions", "Rpc.Runtime" })
        {
            await Dotnet.SucceedAsync(
                Path.Combine(Repository, "src", project),
                "pack", "--no-build", "-c", Metadata("Configuration"), "-o", Feed, $"-p:PackageVersion={Version}");
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return default;
    }

    /// <summary>The files of a package, without those that belong to the container.</summary>
    public IReadOnlyList<string> Files(string package, string extension = "nupkg")
    {
        using var archive = Open(package, extension);
        return [.. archive.Entries.Select(static entry => entry.FullName).Where(static name => !IsContainer(name)).Order(StringComparer.Ordinal)];
    }

    public string Read(string package, string file)
    {
        using var archive = Open(package, "nupkg");
        using var reader = new StreamReader(archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Makes a folder in which restoring finds our packages, and keeps what it unpacks to itself.</summary>
    public string CreateFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

        // Sources add to those that the machine has; the fallback folder has what our packages depend on.
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(Root, "unpacked")}" />
              </config>
              <packageSources>
                <add key="own" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{Metadata("PackageFolder")}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    private ZipArchive Open(string package, string extension) => ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.{extension}"));

    private static bool IsContainer(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);

    private static string Metadata(string key) => typeof(Packages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == key).Value!;
}
