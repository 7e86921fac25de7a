using Rpc.Contracts.Tests.Harness;

namespace Rpc.Contracts.Tests.Documents;

/// <summary>Every block of C# in README.md and docs compiles, with the generator running; one that shows a mistake gets the diagnostic it names.</summary>
public sealed class SnippetTests
{
    private static readonly Dictionary<string, Snippet> s_snippets = Snippet.ReadAll(ProjectFiles.Root).ToDictionary(static snippet => snippet.Name);

    public static TheoryData<string> Names => [.. s_snippets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Snippet_compiles_or_shows_the_diagnostic_it_names(string name)
    {
        var snippet = s_snippets[name];
        var found = await SnippetCompiler.CompileAsync(snippet);

        Assert.True(
            found.Select(static diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)
                .SequenceEqual(snippet.ExpectedIds.Order(StringComparer.Ordinal)),
            $"{name} should report [{string.Join(" ", snippet.ExpectedIds)}] and reports:\n{string.Join("\n", found.Select(static diagnostic => diagnostic.Text))}");
    }

    [Fact]
    public void Pages_that_promise_compiled_snippets_have_some()
    {
        var pages = s_snippets.Values.CountBy(static snippet => snippet.Page).ToDictionary();

        Assert.True(pages["README.md"] >= 4);
        Assert.True(pages[Path.Combine("docs", "contracts.md")] >= 20);
        Assert.True(pages[Path.Combine("docs", "semantics.md")] >= 2);
        Assert.True(pages[Path.Combine("docs", "filters.md")] >= 8);
        Assert.True(pages[Path.Combine("docs", "getting-started.md")] >= 4);
        Assert.True(pages[Path.Combine("docs", "migrating.md")] >= 5);
        Assert.True(pages[Path.Combine("docs", "faq.md")] >= 3);
        Assert.True(pages[Path.Combine("docs", "testing.md")] >= 7);
        Assert.True(pages[Path.Combine("docs", "hosting.md")] >= 8);
    }

    /// <summary>The test above sees mistakes: the compiler's, ours, and one that is promised and not there.</summary>
    [Theory]
    [InlineData("Console.WriteLine(1 + true);", "CS0019")]
    [InlineData("[RpcService]\npublic interface IBad { int Count(); }", "RPC0301")]
    [InlineData("Console.WriteLine(await fib.Fib(30));")]
    public async Task Diagnostics_of_a_snippet_are_found(string text, params string[] ids)
    {
        var found = await SnippetCompiler.CompileAsync(new Snippet("test", 1, [], text));

        Assert.Equal(ids, found.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Fences_are_read_with_their_line_and_ids()
    {
        var snippets = Snippet.Read("page", "text\n```csharp\na\n```\n```sh\nb\n```\n```csharp RPC0301 RPC0302\nc\n\nd\n```\n").ToArray();

        Assert.Equal(["page:2", "page:8"], snippets.Select(static snippet => snippet.Name));
        Assert.Equal(["a", "c\n\nd"], snippets.Select(static snippet => snippet.Text));
        Assert.Equal(["RPC0301", "RPC0302"], snippets[1].ExpectedIds);
    }
}
