using System.CommandLine;

namespace Rpc.Bench.Reports;

/// <summary><c>--output</c>, which all commands that write reports have.</summary>
internal static class OutputOption
{
    public static Option<DirectoryInfo?> Create() => new("--output") { Description = "A folder for the report in Markdown and its charts; without it there is the text alone." };
}
