using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>Every diagnostic has a page whose bad example is reported as the page says, and whose good example is not.</summary>
public sealed class DiagnosticPageTests
{
    public static TheoryData<string> AnalyzerIds => [.. Descriptors.OfContracts.Select(static descriptor => descriptor.Id)];

    public static TheoryData<string> AllIds => [.. typeof(DiagnosticIds)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(static constant => (string)constant.GetValue(null)!)];

    [Theory]
    [MemberData(nameof(AnalyzerIds))]
    public async Task Bad_example_is_reported_where_and_as_the_page_says(string id)
    {
        var page = DiagnosticPage.Read(id);
        var compilation = ContractCompiler.Compile(page.Bad!);

        var found = await ContractCompiler.AnalyzeAsync(compilation);

        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Equal(
            DiagnosticPage.MarkedLines(page.Bad!, id),
            found.Select(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
        Assert.NotEmpty(found);
        Assert.Equal(page.Message, $"{found[0].Severity}: {found[0].GetMessage(CultureInfo.InvariantCulture)}.");
    }

    [Theory]
    [MemberData(nameof(AnalyzerIds))]
    public void Bad_example_compiles_all_the_same(string id) =>
        ContractCompiler.Generate(DiagnosticPage.Read(id).Bad!).AssertClean();

    [Theory]
    [MemberData(nameof(AnalyzerIds))]
    public async Task Good_example_is_not_reported_and_gets_its_code(string id)
    {
        var compilation = ContractCompiler.Compile(DiagnosticPage.Read(id).Good!);

        Assert.Empty(await ContractCompiler.AnalyzeAsync(compilation));
        Assert.NotEmpty(ContractCompiler.Generate(compilation).AssertClean().Files);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Id_has_a_page_and_a_row_in_the_release_notes(string id)
    {
        var descriptor = All().Single(descriptor => descriptor.Id == id);
        var notes = File.ReadAllLines(Path.Combine(ProjectFiles.Root, "src", "Rpc.Generator", "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadAllLines(Path.Combine(ProjectFiles.Root, "src", "Rpc.Generator", "AnalyzerReleases.Shipped.md")));

        Assert.Equal($"# {id}: {descriptor.Title}", DiagnosticPage.Read(id).Title);
        Assert.Single(notes, $"{id} | Rpc | {descriptor.DefaultSeverity} | {descriptor.Title}");
        Assert.Equal($"docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    [Fact]
    public void Analyzer_reports_every_descriptor_but_that_of_the_generators_own_failure() => Assert.Equal(
        All().Select(static descriptor => descriptor.Id).Order(),
        Descriptors.OfContracts.Select(static descriptor => descriptor.Id).Append(DiagnosticIds.GeneratorFailure).Order());

    [Fact]
    public void No_page_is_left_over() => Assert.Equal(
        AllIds.Select(static row => row.Data + ".md").Order(),
        Directory.GetFiles(Path.Combine(ProjectFiles.Root, "docs", "diagnostics")).Select(Path.GetFileName).Order());

    private static IEnumerable<DiagnosticDescriptor> All() => typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!);
}
