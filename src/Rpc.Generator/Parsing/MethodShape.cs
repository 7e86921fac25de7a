using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>A method that can be called.</summary>
internal sealed class MethodShape(IMethodSymbol symbol, MethodAttribute attribute, ReturnShape @return, ITypeSymbol? result)
{
    public IMethodSymbol Symbol { get; } = symbol;

    public MethodAttribute Attribute { get; } = attribute;

    public string WireName { get; } = attribute.Name ?? symbol.Name;

    public ReturnShape Return { get; } = @return;

    /// <summary>The type inside the task, or <see langword="null"/>.</summary>
    public ITypeSymbol? Result { get; } = result;

    /// <summary>The method, and those of bases that are the same call.</summary>
    public List<IMethodSymbol> Symbols { get; } = [symbol];
}
