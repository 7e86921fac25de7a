using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
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

        var found = await AnalyzeAsync(id, page.Bad!);

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
        Assert.Empty(await AnalyzeAsync(id, DiagnosticPage.Read(id).Good!));
        Assert.NotEmpty(ContractCompiler.Generate(ContractCompiler.Compile(Sources(id, DiagnosticPage.Read(id).Good!))).AssertClean().Files);
    }

    [Theory]
    [MemberData(nameof(AnalyzerIds))]
    public void Good_example_compiles_without_a_warning_however_the_project_is_set_up(string id)
    {
        foreach (var setup in ProjectSetup.All)
        {
            setup.AssertCompiles(Sources(id, DiagnosticPage.Read(id).Good!));
        }
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Id_has_a_page_and_a_row_in_the_release_notes(string id)
    {
        var descriptor = All().Single(descriptor => descriptor.Id == id);
        var notes = File.ReadAllLines(Path.Combine(ProjectFiles.Root, "src", "Rpc.Generator", "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadAllLines(Path.Combine(ProjectFiles.Root, "src", "Rpc.Generator", "AnalyzerReleases.Shipped.md")));

        Assert.Equal($"# {id}: {descriptor.Title}", DiagnosticPage.Read(id).Title);
        Assert.Single(notes, $"{id} | Rpc | {(descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity : "Disabled")} | {descriptor.Title}");
        Assert.Equal($"docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    [Fact]
    public void Analyzers_report_every_descriptor_but_that_of_the_generators_own_failure() => Assert.Equal(
        All().Select(static descriptor => descriptor.Id).Order(),
        Analyzers().SelectMany(static analyzer => analyzer.SupportedDiagnostics)
            .Select(static descriptor => descriptor.Id).Append(DiagnosticIds.GeneratorFailure).Order());

    [Fact]
    public void No_page_is_left_over() => Assert.Equal(
        AllIds.Select(static row => row.Data + ".md").Order(),
        Directory.GetFiles(Path.Combine(ProjectFiles.Root, "docs", "diagnostics")).Select(Path.GetFileName).Order());

    /// <summary>
    /// What is reported besides other pages' notes. A rule that is off is turned on, and one asks only projects that are built without reflection.
    /// </summary>
    private static async Task<Diagnostic[]> AnalyzeAsync(string id, string source)
    {
        var compilation = ContractCompiler.Compile(Sources(id, source));
        var found = await ContractCompiler.AnalyzeAsync(
            id == DiagnosticIds.NoToken ? ContractCompiler.Enable(compilation, id) : compilation,
            id == DiagnosticIds.NoJsonContext ? new Dictionary<string, string> { ["PublishTrimmed"] = "true" } : []);
        return [.. found.Where(diagnostic => diagnostic.Id == id || diagnostic.Severity > DiagnosticSeverity.Info)];
    }

    /// <summary>What System.Text.Json's own generator would add to the context on that page.</summary>
    private static string[] Sources(string id, string source) => id != DiagnosticIds.NoJsonContext ? [source] :
    [
        source,
        """
        #nullable disable
        using System;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        public sealed partial class ShopJson() : JsonSerializerContext(null)
        {
            protected override JsonSerializerOptions GeneratedSerializerOptions => null;

            public override JsonTypeInfo GetTypeInfo(Type type) => null;
        }
        """,
    ];

    private static IEnumerable<DiagnosticAnalyzer> Analyzers() => typeof(RpcGenerator).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    private static IEnumerable<DiagnosticDescriptor> All() => typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!);
}
