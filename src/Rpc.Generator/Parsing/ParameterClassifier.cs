using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Decides whether a method's parameters can travel.</summary>
internal static class ParameterClassifier
{
    public static bool IsToken(IParameterSymbol parameter) => parameter.Type.Is("System.Threading", "CancellationToken");

    /// <summary>What travels.</summary>
    public static IEnumerable<IParameterSymbol> WithoutToken(IMethodSymbol method) => method.Parameters.Where(static parameter => !IsToken(parameter));

    public static IEnumerable<Problem> Classify(IMethodSymbol method)
    {
        var tokens = method.Parameters.Where(IsToken).ToArray();
        var problems = method.Parameters.SelectMany(parameter => Classify(method, parameter, tokens));
        return method.Parameters.Any(static parameter => IsToken(parameter) || IsNullableToken(parameter.Type))
            ? problems
            : problems.Concat([new Problem(Descriptors.NoToken, method, method.Name)]);
    }

    private static IEnumerable<Problem> Classify(IMethodSymbol method, IParameterSymbol parameter, IParameterSymbol[] tokens)
    {
        if (parameter.RefKind != RefKind.None)
        {
            yield return new Problem(Descriptors.ByReferenceParameter, parameter, parameter.Name, Modifier(parameter.RefKind));
        }

        if (IsToken(parameter))
        {
            if (!ReferenceEquals(parameter, tokens[0]))
            {
                yield return new Problem(Descriptors.SecondToken, parameter, parameter.Name, method.Name);
            }
            else if (tokens.Length == 1 && !IsAtItsPlace(method, parameter))
            {
                yield return new Problem(Descriptors.TokenNotLast, parameter, parameter.Name);
            }
        }
        else if (IsNullableToken(parameter.Type))
        {
            yield return new Problem(Descriptors.NullableToken, parameter, parameter.Name);
        }
        else if (Payload(parameter) is { } problem)
        {
            yield return problem;
        }
        else if (RequiredAfter(method, parameter) is { } required)
        {
            yield return new Problem(Descriptors.OptionalNotLast, parameter, parameter.Name, required.Name);
        }
    }

    /// <summary>Last, or before <c>params</c>, behind which C# lets nothing stand.</summary>
    private static bool IsAtItsPlace(IMethodSymbol method, IParameterSymbol token) =>
        method.Parameters.Skip(token.Ordinal + 1).All(static later => later.IsParams);

    /// <summary>C# itself sees to the order of defaults, but [Optional] it takes anywhere.</summary>
    private static IParameterSymbol? RequiredAfter(IMethodSymbol method, IParameterSymbol parameter) => parameter.IsOptional
        ? method.Parameters.Skip(parameter.Ordinal + 1).FirstOrDefault(static later => !later.IsOptional && !later.IsParams && !IsToken(later))
        : null;

    private static Problem? Payload(IParameterSymbol parameter)
    {
        // A type parameter is the generic method's problem, and reported there.
        var kind = PayloadClassifier.Classify(parameter.Type);
        return kind == PayloadKind.Value
            ? null
            : new Problem(
                kind == PayloadKind.Stream ? Descriptors.Stream : Descriptors.UnsupportedParameter,
                parameter,
                parameter.Name,
                parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
    }

    private static bool IsNullableToken(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        && nullable.TypeArguments[0].Is("System.Threading", "CancellationToken");

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        _ => "ref readonly",
    };
}
