using System;
using System.Text;

namespace Rpc.Generator.Emitting;

/// <summary>Collects lines of C# and indents them. Line ends are always <c>\n</c>, whatever machine the generator runs on.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one or more lines at the current depth; an empty one stays empty.</summary>
    public void Lines(string text)
    {
        foreach (var line in text.Replace("\r\n", "\n").Split('\n'))
        {
            _text.Append(' ', line.Length == 0 ? 0 : _depth * IndentWidth).Append(line).Append('\n');
        }
    }

    public void Blank() => _text.Append('\n');

    /// <summary>Writes a head and an opening brace; disposing writes the closing one.</summary>
    public Block Braces(string head, string end = "")
    {
        Lines(head);
        Lines("{");
        _depth++;
        return new Block(this, "}" + end);
    }

    /// <summary>Indents without braces, for a line that goes on.</summary>
    public Block Indented()
    {
        _depth++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Block(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (end is not null)
            {
                writer.Lines(end);
            }
        }
    }
}
