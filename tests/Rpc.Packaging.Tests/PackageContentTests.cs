using System.Xml.Linq;

namespace Rpc.Packaging.Tests;

/// <summary>What is in the packages, and what they ask for.</summary>
public sealed class PackageContentTests(Packages packages)
{
    [Fact]
    public void Abstractions_brings_generator_and_fixes_as_analyzers_and_nothing_of_them_as_library() => Assert.Equal(
        [
            "README.md",
            "Rpc.Abstractions.nuspec",
            "analyzers/dotnet/cs/Rpc.CodeFixes.dll",
            "analyzers/dotnet/cs/Rpc.Generator.dll",
            "buildTransitive/Rpc.Abstractions.props",
            "lib/net10.0/Rpc.Abstractions.dll",
            "lib/net10.0/Rpc.Abstractions.xml",
        ],
        packages.Files("Rpc.Abstractions"));

    [Fact]
    public void Runtime_is_a_library_and_gives_programs_larger_stacks() => Assert.Equal(
        ["README.md", "Rpc.Runtime.nuspec", "buildTransitive/Rpc.Runtime.targets", "lib/net10.0/Rpc.Runtime.dll", "lib/net10.0/Rpc.Runtime.xml"],
        packages.Files("Rpc.Runtime"));

    [Theory]
    [InlineData("Rpc.Abstractions")]
    [InlineData("Rpc.Runtime")]
    public void Symbols_are_in_a_package_of_their_own(string package) =>
        Assert.Equal([$"{package}.nuspec", $"lib/net10.0/{package}.pdb"], packages.Files(package, "snupkg"));

    [Fact]
    public void Abstractions_depends_on_nothing() => Assert.Empty(Dependencies("Rpc.Abstractions"));

    [Fact]
    public void Runtime_lets_the_analyzers_of_Abstractions_through_and_keeps_others_out()
    {
        var dependencies = Dependencies("Rpc.Runtime");

        Assert.Equal(
            [
                "Microsoft.Extensions.Configuration.Abstractions",
                "Microsoft.Extensions.DependencyInjection.Abstractions",
                "Microsoft.Extensions.Diagnostics.HealthChecks",
                "Microsoft.Extensions.Hosting.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Options",
                "Polly.Core",
                "RabbitMQ.Client",
                "Rpc.Abstractions",
            ],
            dependencies.Select(static dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        var own = dependencies.Single(static dependency => dependency.Attribute("id")!.Value == "Rpc.Abstractions");
        Assert.Equal(packages.Version, own.Attribute("version")!.Value);
        Assert.Equal("All", own.Attribute("include")?.Value);
        Assert.Null(own.Attribute("exclude"));
    }

    private IReadOnlyList<XElement> Dependencies(string package) =>
        [.. XDocument.Parse(packages.Read(package, $"{package}.nuspec")).Descendants().Where(static element => element.Name.LocalName == "dependency")];
}
