using System.Text.RegularExpressions;
using Rpc.Contracts.Tests.Harness;

namespace Rpc.Contracts.Tests.Documents;

/// <summary>Links between the pages lead to a file that there is, and to a heading in it; the index has all pages.</summary>
public sealed partial class LinkTests
{
    private static readonly string s_root = ProjectFiles.Root;

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(s_root, "docs"), "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(s_root, "README.md"))
        .Select(static path => Path.GetRelativePath(s_root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var wrong = Link().Matches(WithoutCode(page)).Select(static match => match.Groups[1].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !LeadsSomewhere(page, target));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Index_has_every_page()
    {
        var index = File.ReadAllText(Path.Combine(s_root, "docs", "README.md"));
        var pages = Directory.GetFiles(Path.Combine(s_root, "docs"), "*.md").Select(static path => Path.GetFileName(path)).Where(static name => name != "README.md");

        Assert.All(pages, name => Assert.Contains($"]({name})", index, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[a](#how-calls-end)", true)]
    [InlineData("[a](#how-calls-begin)", false)]
    [InlineData("[a](contracts.md#json-contexts)", true)]
    [InlineData("[a](contracts.md#no-such-heading)", false)]
    [InlineData("[a](no-such-page.md)", false)]
    public void Wrong_links_are_found(string text, bool isRight) =>
        Assert.Equal(isRight, LeadsSomewhere("docs/semantics.md", Link().Match(text).Groups[1].Value));

    private static bool LeadsSomewhere(string page, string target)
    {
        var (file, heading) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var full = file.Length == 0 ? Path.Combine(s_root, page) : Path.GetFullPath(Path.Combine(s_root, Path.GetDirectoryName(page)!, file));
        var relative = Path.GetRelativePath(s_root, full).Replace('\\', '/');
        return Path.Exists(full) && (heading is null || Headings(relative).Contains(heading));
    }

    // As GitHub makes them: lower case, without punctuation, hyphens for spaces.
    private static IEnumerable<string> Headings(string page) => Heading().Matches(WithoutCode(page))
        .Select(static match => Punctuation().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string WithoutCode(string page) => Code().Replace(File.ReadAllText(Path.Combine(s_root, page)).ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
