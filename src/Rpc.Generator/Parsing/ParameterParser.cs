using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Makes the models of a method's parameters.</summary>
internal static class ParameterParser
{
    // Members that a record struct has already, and the one name that no member of a record may have.
    private static readonly string[] s_recordMembers =
        ["Clone", "Deconstruct", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers", "ReferenceEquals", "ToString"];

    public static IEnumerable<ParameterModel> Parse(IMethodSymbol method, ContractNames names, string args)
    {
        var parameters = method.Parameters;

        // The two names that a proxy's method uses besides its own parameters.
        var locals = new NameScope(["invoker", names.Rpc]);
        var properties = new NameScope(s_recordMembers.Concat([args]));
        return parameters.Select(parameter => new ParameterModel(
            TypeText.Identifier(locals.Take(parameter.Name)),
            TypeText.Declared(AcceptedType.Of(parameter)),
            ParameterClassifier.IsToken(parameter) ? null : Argument(parameter, properties))).ToArray();
    }

    private static ArgumentModel Argument(IParameterSymbol parameter, NameScope properties)
    {
        var property = properties.Take(Capitalized(parameter.Name), parameter.Name);
        return JsonMember.OfParameter(parameter, TypeText.Identifier(property));
    }

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
