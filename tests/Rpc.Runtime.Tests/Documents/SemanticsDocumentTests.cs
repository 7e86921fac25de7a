using System.Globalization;
using System.Text.RegularExpressions;

namespace Rpc.Runtime.Tests.Documents;

/// <summary>docs/semantics.md has a row for every end that a call can have, and its numbers are those of the code.</summary>
public sealed partial class SemanticsDocumentTests
{
    private const string Document = "docs/semantics.md";

    private static readonly Row[] s_rows = [.. Table(Repository.Read(Document))];

    [Fact]
    public void Every_reason_HasARow()
    {
        Assert.True(Outcome.All.Count > 20, $"only {Outcome.All.Count} outcomes were found: the search is broken");
        Assert.All(Enum.GetNames<RpcReason>(), reason => Assert.Contains(s_rows, row => row.Reason == reason));
    }

    [Fact]
    public void Every_outcome_of_the_code_HasOneRow_ThatSaysWhetherItMayHaveRun() => Assert.All(Outcome.All, outcome =>
    {
        var row = Assert.Single(s_rows, row => (row.Status, row.Reason) == (outcome.Status.ToString(), outcome.Reason.ToString()));
        Assert.Contains(outcome.MayHaveRun ? "yes" : "no", row.MayHaveRun, StringComparison.Ordinal);
    });

    [Fact]
    public void Every_row_IsAnOutcomeOfTheCode()
    {
        var known = Outcome.All.ToLookup(static outcome => (outcome.Status.ToString(), outcome.Reason.ToString()), static outcome => outcome.MayHaveRun);
        Assert.All(s_rows.Where(static row => row.Status is not null), row =>
        {
            var mayHaveRun = known[(row.Status!, row.Reason)].ToArray();
            Assert.NotEmpty(mayHaveRun);
            Assert.Equal(row.MayHaveRun.Contains("yes", StringComparison.Ordinal), mayHaveRun.Contains(true));
            Assert.Equal(row.MayHaveRun.Contains("no", StringComparison.Ordinal), mayHaveRun.Contains(false));
        });
    }

    [Fact]
    public void Every_row_SaysWhatHappenedAndWhatToDo() =>
        Assert.All(s_rows, static row => Assert.All([row.What, row.ToDo], text => Assert.True(text.Length > 15, $"'{text}' of {row.Reason} is not much")));

    /// <summary>A page that lacks a row, or says the wrong thing in one, is found out.</summary>
    [Fact]
    public void Rows_that_are_missing_AreMissed()
    {
        var text = Repository.Read(Document);
        var without = Table(string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("| `Unavailable` / `NoServer`", StringComparison.Ordinal)))).ToArray();

        Assert.Equal(s_rows.Length - 1, without.Length);
        Assert.DoesNotContain(without, static row => row.Reason == nameof(RpcReason.NoServer));
    }

    [Fact]
    public void Defaults_AreThoseOfTheOptions()
    {
        var (client, service, retry, text) = (new RpcClientOptions(), new RpcServiceOptions(), RpcRetryOptions.Default, Repository.Read(Document));
        Assert.All(
            [
                $"`RpcClientOptions.MaxInFlight` | {Number(client.MaxInFlight)} |",
                $"`RpcServiceOptions.MaxConcurrency` | {Number(service.MaxConcurrency)} |",
                $"`RpcServiceOptions.MaxQueued` | {Number(service.MaxQueued)} |",
                $"(`Timeout`, {client.Timeout.TotalSeconds} s)",
                $"`MaxAttempts`, {retry.MaxAttempts} with the first",
                $"`Delay`, {retry.Delay.TotalMilliseconds} ms",
                $"`MaxDelay`, {retry.MaxDelay.TotalSeconds} s",
                $"{RpcHeaders.MaxBytes / 1024} KiB in all",
                $"run for {Rpc.Transport.Wire.FirstWorkingMs} ms, and every {Rpc.Transport.Wire.WorkingIntervalMs / 1000} s after that",
            ],
            words => Assert.Contains(words, text.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static IEnumerable<Row> Table(string text) => text.Split('\n')
        .SkipWhile(static line => line != "<!-- outcomes -->").TakeWhile(static line => line != "<!-- end -->")
        .Skip(3)
        .Select(static line =>
        {
            var match = RowPattern().Match(line);
            Assert.True(match.Success, $"this is no row of the table: {line}");
            var status = match.Groups[1].Value;
            return new Row(status == "any status" ? null : status.Trim('`'), match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value, match.Groups[5].Value);
        });

    [GeneratedRegex("^\\| (any status|`\\w+`) / `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$")]
    private static partial Regex RowPattern();

    private sealed record Row(string? Status, string Reason, string What, string MayHaveRun, string ToDo);
}
