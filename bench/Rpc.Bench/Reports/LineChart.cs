using System.Globalization;
using System.Text;

namespace Rpc.Bench.Reports;

/// <summary>A chart of lines over a few named places, with a logarithmic scale upwards, as SVG that is readable on light and on dark pages.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">What is counted upwards.</param>
/// <param name="Below">What the places are.</param>
/// <param name="Places">The places, from left to right.</param>
/// <param name="Lines">The lines: a name, and a value at each place; NaN where there is none.</param>
internal sealed record LineChart(
    string Title, string Unit, string Below, IReadOnlyList<string> Places, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Lines)
{
    private const int Width = 720;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 50;
    private const int PlotHeight = 290;
    private const int LegendLine = 20;

    /// <summary>The chart.</summary>
    public string ToSvg()
    {
        var values = Lines.SelectMany(static line => line.Values).Where(static value => value > 0).ToArray();
        if (values.Length == 0)
        {
            values = [1];
        }

        // Whole powers of ten, so that every chart has a grid that is easy to read.
        var least = Math.Floor(Math.Log10(values.Min()));
        var most = Math.Max(least + 1, Math.Ceiling(Math.Log10(values.Max())));
        var svg = new StringBuilder();
        var height = Top + PlotHeight + 60 + (LegendLine * ((Lines.Count + 1) / 2));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{Escape(Title)}">""");
        svg.AppendLine(ChartStyle.Css);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect class="page" width="{Width}" height="{height}"/>""");
        Text(svg, Left, 22, "title", Title);
        Text(svg, Left, 40, "note", Unit);
        Grid(svg, least, most);
        for (var line = 0; line < Lines.Count; line++)
        {
            Line(svg, line, value => Top + (PlotHeight * (1 - ((Math.Log10(value) - least) / (most - least)))));
        }

        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private double XOf(int place) => Left + ((place + 0.5) * (Width - Left - Right) / Places.Count);

    private void Grid(StringBuilder svg, double least, double most)
    {
        for (var power = least; power <= most; power++)
        {
            var y = Top + (PlotHeight * (1 - ((power - least) / (most - least))));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<line class="grid" x1="{Left}" y1="{y:0.#}" x2="{Width - Right}" y2="{y:0.#}"/>""");
            Text(svg, Left - 8, y + 4, "note end", Math.Pow(10, power).ToString("#,0.####", CultureInfo.InvariantCulture));
        }

        for (var place = 0; place < Places.Count; place++)
        {
            Text(svg, XOf(place), Top + PlotHeight + 18, "note middle", Places[place]);
        }

        Text(svg, (Left + Width - Right) / 2.0, Top + PlotHeight + 36, "note middle", Below);
    }

    private void Line(StringBuilder svg, int number, Func<double, double> yOf)
    {
        var (name, values) = Lines[number];
        var points = Enumerable.Range(0, values.Count).Where(place => values[place] > 0).Select(place => (X: XOf(place), Y: yOf(values[place]), Value: values[place])).ToArray();
        var path = string.Join(' ', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline class="line s{number}" points="{path}"/>""");
        foreach (var (x, y, value) in points)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle class="dot s{number}" cx="{x:0.#}" cy="{y:0.#}" r="3.5"><title>{Escape(name)}: {value.Text()}</title></circle>""");
        }

        var legendX = Left + (number % 2 * ((Width - Left) / 2));
        var legendY = Top + PlotHeight + 60 + (number / 2 * LegendLine);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<line class="line s{number}" x1="{legendX}" y1="{legendY - 4}" x2="{legendX + 22}" y2="{legendY - 4}"/>""");
        Text(svg, legendX + 28, legendY, "label", name);
    }

    private static void Text(StringBuilder svg, double x, double y, string style, string text) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="{style}" x="{x:0.#}" y="{y:0.#}">{Escape(text)}</text>""");

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
