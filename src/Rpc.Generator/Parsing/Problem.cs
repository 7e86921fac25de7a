using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>Something wrong with a contract: what the analyzer reports and what a throwing member says.</summary>
internal sealed class Problem(DiagnosticDescriptor descriptor, ISymbol at, params object[] arguments)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    /// <summary>What it is about: the contract, a member or a parameter.</summary>
    public ISymbol At { get; } = at;

    public object[] Arguments { get; } = arguments;

    /// <summary>Whether a call is impossible; a warning leaves it possible.</summary>
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    public string Text => Descriptor.Id + ": " +
        string.Format(CultureInfo.InvariantCulture, Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), Arguments);
}
