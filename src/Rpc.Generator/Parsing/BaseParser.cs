using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Makes the models of the bases that are contracts themselves.</summary>
internal static class BaseParser
{
    public static IEnumerable<BaseModel> Parse(ContractShape shape)
    {
        var fields = new NameScope([]);
        return shape.Bases
            .Select(contract => (contract, Field: fields.Take(FieldOf(contract))))
            .Select(item => new BaseModel(
                TypeText.Declared(item.contract),
                item.Field,
                new EquatableArray<ForwardedMethodModel>(shape.Forwarded
                    .Where(forwarded => SymbolEqualityComparer.Default.Equals(forwarded.Base, item.contract))
                    .Select(forwarded => Forward(forwarded.Method, item.Field)))))
            .ToArray();
    }

    private static string FieldOf(INamedTypeSymbol contract)
    {
        var name = ContractNaming.WithoutI(contract.Name);
        return "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static ForwardedMethodModel Forward(IMethodSymbol method, string field)
    {
        var locals = new NameScope([field]);
        var names = method.Parameters.Select(parameter => TypeText.Identifier(locals.Take(parameter.Name))).ToArray();
        var types = method.Parameters.Select(static parameter => TypeText.Declared(AcceptedType.Of(parameter)));
        return new ForwardedMethodModel(
            TypeText.Identifier(method.Name),
            TypeText.Declared(method.ContainingType),
            TypeText.Declared(method.ReturnType),
            AcceptedType.MayReturnNull(method),
            string.Join(", ", types.Zip(names, static (type, name) => $"{type} {name}")),
            string.Join(", ", method.Parameters.Zip(names, static (parameter, name) => AcceptedType.IsNeverNull(parameter) ? name + "!" : name)),
            method.HasAttribute("System", "ObsoleteAttribute"));
    }
}
