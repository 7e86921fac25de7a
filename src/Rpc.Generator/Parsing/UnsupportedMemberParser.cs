using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Writes down the declaration of a member that no call can be made of, so that the proxy can implement it all the same.</summary>
internal static class UnsupportedMemberParser
{
    public static UnsupportedMemberModel Parse(ISymbol member, Problem problem) => member switch
    {
        IMethodSymbol method => new UnsupportedMemberModel(Declaration(method), default, problem.Text),
        IEventSymbol @event => new UnsupportedMemberModel(
            $"event {TypeText.Declared(@event.Type)} {Qualified(@event)}", new EquatableArray<string>(["add", "remove"]), problem.Text),
        IPropertySymbol property => new UnsupportedMemberModel(Declaration(property), new EquatableArray<string>(Accessors(property)), problem.Text),
        _ => throw new System.ArgumentOutOfRangeException(nameof(member), member.Kind, "Only methods, properties and events can be abstract."),
    };

    private static string Declaration(IMethodSymbol method)
    {
        var typeParameters = method.IsGenericMethod
            ? $"<{string.Join(", ", method.TypeParameters.Select(static parameter => TypeText.Identifier(parameter.Name)))}>"
            : "";
        var constraints = string.Concat(method.TypeParameters.Select(Constraint));
        return $"{Unsafe(method.ReturnType, method.Parameters)}{Reference(method.RefKind)}{TypeText.Declared(method.ReturnType)} "
            + $"{Qualified(method)}{typeParameters}({Parameters(method.Parameters)}){constraints}";
    }

    private static string Declaration(IPropertySymbol property)
    {
        var head = $"{Unsafe(property.Type, property.Parameters)}{Reference(property.RefKind)}{TypeText.Declared(property.Type)} ";
        return property.IsIndexer
            ? $"{head}{TypeText.Declared(property.ContainingType)}.this[{Parameters(property.Parameters)}]"
            : head + Qualified(property);
    }

    private static IEnumerable<string> Accessors(IPropertySymbol property) => new[]
    {
        property.GetMethod is null ? "" : "get",
        property.SetMethod is null ? "" : property.SetMethod.IsInitOnly ? "init" : "set",
    }.Where(static accessor => accessor.Length > 0);

    private static string Qualified(ISymbol member) => $"{TypeText.Declared(member.ContainingType)}.{TypeText.Identifier(member.Name)}";

    private static string Parameters(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(IParameterSymbol parameter) => Scoped(parameter) + Reference(parameter.RefKind, isParameter: true)
        + TypeText.Declared(parameter.RefKind == RefKind.None ? AcceptedType.Of(parameter) : parameter.Type) + " " + TypeText.Identifier(parameter.Name);

    private static string Scoped(IParameterSymbol parameter) =>
        parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out ? "scoped " : "";

    private static string Reference(RefKind kind, bool isParameter = false) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In when isParameter => "in ",
        RefKind.None => "",
        _ => "ref readonly ",
    };

    /// <summary>An implementation inherits its constraints and must repeat just this much of them, to say what its question marks mean.</summary>
    private static string Constraint(ITypeParameterSymbol parameter) =>
        $" where {TypeText.Identifier(parameter.Name)} : {(parameter.IsReferenceType ? "class" : parameter.IsValueType ? "struct" : "default")}";

    private static string Unsafe(ITypeSymbol type, IEnumerable<IParameterSymbol> parameters) =>
        parameters.Select(static parameter => parameter.Type).Concat([type]).Any(IsUnsafe) ? "unsafe " : "";

    private static bool IsUnsafe(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => IsUnsafe(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsUnsafe),
        _ => false,
    };
}
