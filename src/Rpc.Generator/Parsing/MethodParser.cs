using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Makes the models of a contract's methods, and finds names for what is generated for each.</summary>
internal static class MethodParser
{
    // What a static class and its members cannot be called without hiding something, or clashing with what is generated beside them.
    private static readonly string[] s_reserved =
        ["Service", "With", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    public static IEnumerable<MethodModel> Parse(ContractShape shape, ContractNames names)
    {
        var scope = new NameScope(s_reserved.Concat([names.Rpc, names.Dispatcher]));

        // All descriptors first: they are what users see, so arguments structs give way.
        var descriptors = shape.Methods.Select(method => scope.Take(Candidates(shape, method))).ToArray();
        return shape.Methods.Select((method, index) => Parse(shape.Contract, method, names, descriptors[index], scope)).ToArray();
    }

    /// <summary>The C# name; for an overload its wire name, which tells it from the others.</summary>
    private static string[] Candidates(ContractShape shape, MethodShape method)
    {
        var name = method.Symbol.Name;
        var isOverload = shape.Methods.Any(other => other != method && other.Symbol.Name == name);
        return isOverload && SyntaxFacts.IsValidIdentifier(method.WireName) ? [method.WireName, name + "Method"] : [name, name + "Method"];
    }

    private static MethodModel Parse(INamedTypeSymbol contract, MethodShape method, ContractNames names, string descriptor, NameScope scope)
    {
        var args = scope.Take(descriptor + "Args");
        return new MethodModel(
            TypeText.Identifier(method.Symbol.Name),
            method.WireName,
            TypeText.Identifier(descriptor),
            args,
            new EquatableArray<string>(method.Symbols.Select(static symbol => TypeText.Declared(symbol.ContainingType))),
            !SymbolEqualityComparer.Default.Equals(method.Symbol.ContainingType, contract),
            new EquatableArray<ParameterModel>(ParameterParser.Parse(method.Symbol, names, args)),
            method.Return,
            AcceptedType.MayReturnNull(method.Symbol),
            method.Result is null ? null : TypeText.Declared(method.Result),
            method.Attribute.TimeoutMs,
            method.Attribute.IsOneWay,
            method.Attribute.IsIdempotent,
            method.Attribute.AcksBeforeRun,
            method.Symbol.HasAttribute("System", "ObsoleteAttribute"),
            TypeText.Cref(method.Symbol));
    }
}
