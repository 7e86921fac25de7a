using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Rpc.Packaging.Tests;

/// <summary>Packages as they are released: built as Release from a clone with an address. A clone of the tests' own stands for it.</summary>
public sealed class ReleaseTests(Packages packages)
{
    private const string Address = "https://github.com/example/rpc";

    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public async Task Packages_lead_to_their_sources_and_not_to_the_machine_they_were_built_on()
    {
        var folder = Sources.Copy(packages.Root, "release");
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), "bin/\nobj/\n");
        await Git(folder, "init", "-q");
        await Git(folder, "add", "-A");
        await Git(folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-qm", "test");
        await Git(folder, "remote", "add", "origin", Address);
        var commit = (await Git(folder, "rev-parse", "HEAD")).Trim();

        foreach (var package in new[] { "Rpc.Abstractions", "Rpc.Runtime" })
        {
            await Dotnet.SucceedAsync(Path.Combine(folder, "src", package), "pack", "-c", "Release", "-m:1", "-o", Path.Combine(folder, "feed"), "-p:PackageVersion=1.2.3");

            var repository = XDocument.Load(new MemoryStream(Read(folder, package, "nupkg", $"{package}.nuspec")))
                .Descendants().Single(static element => element.Name.LocalName == "repository");
            Assert.Equal(("git", Address, commit), (repository.Attribute("type")?.Value, repository.Attribute("url")?.Value, repository.Attribute("commit")?.Value));

            var (documents, sourceLink) = Symbols(Read(folder, package, "snupkg", $"lib/net10.0/{package}.pdb"));
            Assert.Contains($"/_/src/{package}/", documents[0], StringComparison.Ordinal);
            Assert.All(documents, static document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
            Assert.Contains($"https://raw.githubusercontent.com/example/rpc/{commit}/*", sourceLink, StringComparison.Ordinal);
            Assert.DoesNotContain(packages.Root, Encoding.UTF8.GetString(Read(folder, package, "nupkg", $"lib/net10.0/{package}.dll")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("public static class Added;", "RS0016")]
    [InlineData(null, "RS0017")]
    public async Task Api_that_differs_from_its_baseline_is_a_build_error(string? added, string id)
    {
        var folder = Path.Combine(Sources.Copy(packages.Root, "api-" + id), "src", "Rpc.Abstractions");
        if (added is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Added.cs"), $"namespace Rpc;\n\n/// <summary>New.</summary>\n{added}\n");
        }
        else
        {
            await File.AppendAllTextAsync(Path.Combine(folder, "PublicAPI.Unshipped.txt"), "Rpc.Gone\n");
        }

        var (exitCode, output) = await Dotnet.RunAsync(folder, "build", "-m:1");

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"error {id}", output, StringComparison.Ordinal);
    }

    private static (string[] Documents, string SourceLink) Symbols(byte[] pdb)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        var reader = provider.GetMetadataReader();
        var sourceLink = reader.CustomDebugInformation
            .Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == s_sourceLink);
        return (
            [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))],
            Encoding.UTF8.GetString(reader.GetBlobBytes(sourceLink.Value)));
    }

    private static byte[] Read(string folder, string package, string extension, string file)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(folder, "feed", $"{package}.1.2.3.{extension}"));
        using var content = new MemoryStream();
        using var entry = archive.GetEntry(file)!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private static async Task<string> Git(string folder, params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
