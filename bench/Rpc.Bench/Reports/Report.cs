using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Rpc.Bench.Reports;

/// <summary>Text in Markdown that goes to standard output, and to a folder if there is one, together with charts.</summary>
/// <param name="folder">The folder.</param>
/// <param name="name">The file's name, without its ending.</param>
internal sealed class Report(DirectoryInfo? folder, string name)
{
    private readonly StringBuilder _text = new();

    /// <summary>What the numbers were measured on, and when.</summary>
    public static string Machine => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:d MMMM yyyy}; {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Adds a line.</summary>
    public void Line(string line = "")
    {
        _text.AppendLine(line);
        Console.WriteLine(line);
    }

    /// <summary>Adds a table.</summary>
    /// <param name="heads">The heads of its columns; the first column is text, the others are numbers.</param>
    /// <param name="rows">Its rows.</param>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"| {string.Join(" | ", heads)} |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---:|", heads.Count - 1))}");
        foreach (var row in rows)
        {
            Line($"| {string.Join(" | ", row)} |");
        }

        Line();
    }

    /// <summary>Adds verdicts.</summary>
    public void Verdicts(IEnumerable<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            Line("- " + verdict.Line);
        }

        Line();
    }

    /// <summary>Adds a chart, where there is a folder to put it.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="file">Its file's name, without its ending.</param>
    public void Chart(LineChart chart, string file)
    {
        if (folder is null)
        {
            return;
        }

        folder.Create();
        File.WriteAllText(Path.Combine(folder.FullName, file + ".svg"), chart.ToSvg());
        Line($"![{chart.Title}]({file}.svg)");
        Line();
    }

    /// <summary>Writes the file, where there is a folder to put it.</summary>
    public void Save()
    {
        if (folder is not null)
        {
            folder.Create();
            File.WriteAllText(Path.Combine(folder.FullName, name + ".md"), _text.ToString());
        }
    }
}
