using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>What travels of a method: each parameter, and the result.</summary>
internal static class PayloadRoots
{
    public static IEnumerable<(ITypeSymbol Type, ISymbol At, string Name)> Of(MethodShape method)
    {
        var arguments = ParameterClassifier.WithoutToken(method.Symbol)
            .Select(static parameter => (parameter.Type, (ISymbol)parameter, parameter.Name));
        return method.Result is null ? arguments : arguments.Concat([(method.Result, method.Symbol, method.Symbol.Name + "()")]);
    }
}
