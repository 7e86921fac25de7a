using System.Text.RegularExpressions;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>One of the commands of docs/operations.md that give a user its permissions.</summary>
internal sealed partial record PermissionCommand(string User, string Configure, string Write, string Read)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PermissionCommand> All { get; } =
    [
        .. Pattern().Matches(Page()).Select(static match => new PermissionCommand(
            match.Groups["user"].Value, match.Groups["configure"].Value, match.Groups["write"].Value, match.Groups["read"].Value)),
    ];

    /// <summary>The same with one right less, for each that it gives.</summary>
    public IEnumerable<PermissionCommand> WithOneLess()
    {
        const string Nothing = "^$";
        if (Configure != Nothing)
        {
            yield return this with { User = $"{User}-without-configure", Configure = Nothing };
        }

        if (Write != Nothing)
        {
            yield return this with { User = $"{User}-without-write", Write = Nothing };
        }

        if (Read != Nothing)
        {
            yield return this with { User = $"{User}-without-read", Read = Nothing };
        }
    }

    [GeneratedRegex(@"^    rabbitmqctl set_permissions -p shop (?<user>[a-z-]+) '(?<configure>[^']*)' '(?<write>[^']*)' '(?<read>[^']*)'$", RegexOptions.Multiline)]
    private static partial Regex Pattern();

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rpc.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository was not found.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "operations.md"));
    }
}
