using System.Globalization;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Usage;

/// <summary>The examples of the pages about use, as <see cref="DiagnosticPageTests"/> has those about contracts.</summary>
public sealed class UsagePageTests
{
    public static TheoryData<string> Ids => [.. Descriptors.OfUsage.Select(static descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Bad_example_is_reported_where_and_as_the_page_says(string id)
    {
        var page = DiagnosticPage.Read(id);

        var found = await UsageCompiler.AnalyzeAsync(UsageCompiler.Compile(page.Bad!));

        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Equal(
            DiagnosticPage.MarkedLines(page.Bad!, id),
            found.Select(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
        Assert.NotEmpty(found);
        Assert.Equal(page.Message, $"{found[0].Severity}: {found[0].GetMessage(CultureInfo.InvariantCulture)}.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Good_example_is_not_reported(string id) =>
        Assert.Empty(await UsageCompiler.AnalyzeAsync(UsageCompiler.Compile(DiagnosticPage.Read(id).Good!)));

    [Fact]
    public void Analyzers_report_every_descriptor_about_use() => Assert.Equal(
        Ids.Select(static row => row.Data).Order(),
        UsageCompiler.Analyzers.Skip(1).SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static descriptor => descriptor.Id).Order());
}
