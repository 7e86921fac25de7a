using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Decides whether one method can be called.</summary>
internal static class MethodClassifier
{
    public static IReadOnlyList<Problem> Classify(ContractShape shape, IMethodSymbol method, out MethodShape? found)
    {
        var attribute = MethodAttribute.Of(method);
        var problems = new List<Problem>();
        if (method.IsGenericMethod)
        {
            problems.Add(new Problem(Descriptors.GenericMethod, method, method.Name));
        }

        var returns = ClassifyReturn(method, attribute, out var @return, out var result);
        if (returns is not null)
        {
            problems.Add(returns);
        }

        problems.AddRange(ParameterClassifier.Classify(method));
        if (WireNames.FindMethodFault(shape.Service, attribute.Name ?? method.Name) is { } fault)
        {
            problems.Add(new Problem(Descriptors.WireName, method, method.Name, "wire name", attribute.Name ?? method.Name, fault));
        }

        if (attribute.TimeoutMs < 0)
        {
            problems.Add(new Problem(Descriptors.Timeout, method, method.Name, attribute.TimeoutMs));
        }

        problems.AddRange(TupleNames.Find(method));
        found = problems.Any(static problem => problem.IsError) ? null : new MethodShape(method, attribute, @return, result);
        return problems;
    }

    private static Problem? ClassifyReturn(IMethodSymbol method, MethodAttribute attribute, out ReturnShape @return, out ITypeSymbol? result)
    {
        var type = method.ReturnType;
        @return = type.Name == "ValueTask" ? ReturnShape.ValueTask : ReturnShape.Task;
        result = null;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            return new Problem(Descriptors.ReferenceReturn, method, method.Name);
        }

        if (method.ReturnsVoid)
        {
            return new Problem(Descriptors.VoidReturn, method, method.Name);
        }

        if (Is(type, arity: 0))
        {
            return null;
        }

        if (Is(type, arity: 1))
        {
            result = ((INamedTypeSymbol)type).TypeArguments[0];
            return PayloadClassifier.Classify(result) switch
            {
                PayloadKind.Value when attribute.IsOneWay => new Problem(Descriptors.OneWayResult, method, method.Name, Show(type)),
                PayloadKind.Value => null,
                PayloadKind.Impossible => new Problem(Descriptors.UnsupportedReturn, method, method.Name, Show(type)),
                _ => new Problem(Descriptors.NestedAsyncReturn, method, method.Name, Show(type)),
            };
        }

        return PayloadClassifier.Classify(type) == PayloadKind.Stream
            ? new Problem(Descriptors.Stream, method, method.Name, Show(type))
            : new Problem(Descriptors.UnsupportedReturn, method, method.Name, Show(type));
    }

    private static bool Is(ITypeSymbol type, int arity) =>
        type.Is("System.Threading.Tasks", "Task", arity) || type.Is("System.Threading.Tasks", "ValueTask", arity);

    private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
