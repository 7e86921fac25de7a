using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>Where in a parameter or result a type was met: <c>order.Lines[].Price</c>.</summary>
/// <param name="At">The parameter or method.</param>
/// <param name="Text">The way from there.</param>
/// <param name="Depth">How many steps it has.</param>
internal sealed record PayloadPath(ISymbol At, string Text, int Depth)
{
    public PayloadPath Element() => Append("[]");

    public PayloadPath Member(string name) => Append("." + name);

    public PayloadPath Append(string step) => this with { Text = Text + step, Depth = Depth + 1 };
}
