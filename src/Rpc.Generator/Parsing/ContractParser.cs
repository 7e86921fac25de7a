using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>The one door between symbols and models: what comes out of here holds no symbol.</summary>
internal static class ContractParser
{
    public const string AttributeName = "Rpc.RpcServiceAttribute";

    /// <summary>Parses the contract that was found, or nothing where no code can stand beside it; the analyzer says why.</summary>
    public static EquatableArray<ParsedContract> Parse(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
    {
        var contract = (INamedTypeSymbol)found.TargetSymbol;
        if (!IsFirstPart(found, cancellationToken))
        {
            return default;
        }

        var fullName = TypeText.WireName(contract);
        try
        {
            var shape = ContractClassifier.Classify(contract, ServiceAttribute.Of(contract)!, cancellationToken);
            return shape.IsImplementable ? One(new ParsedContract(fullName, ToModel(shape, fullName), null)) : default;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return One(new ParsedContract(fullName, null, exception.ToString()));
        }
    }

    private static ContractModel ToModel(ContractShape shape, string fullName)
    {
        var contract = shape.Contract;
        var names = new ContractNames(ContractNaming.BaseOf(contract));
        return new ContractModel(
            fullName,
            TypeText.Namespace(contract.ContainingNamespace),
            TypeText.Declared(contract),
            ContractAccess.Of(contract)!,
            contract.HasAttribute("System", "ObsoleteAttribute"),
            names,
            new RouteModel(shape.Service, shape.Attribute.Queue, shape.Attribute.IsBare),
            new EquatableArray<MethodModel>(MethodParser.Parse(shape, names)),
            new EquatableArray<UnsupportedMemberModel>(
                shape.Unsupported.Select(static item => UnsupportedMemberParser.Parse(item.Member, item.Problem))),
            new EquatableArray<BaseModel>(BaseParser.Parse(shape)),
            shape.Disposal,
            new EquatableArray<JsonTypeModel>(JsonTypeParser.Parse(shape.Methods)),
            new EquatableArray<string>(ExperimentalIds.Of(shape)));
    }

    /// <summary>The attribute on two parts of an interface is the compiler's error; two files of one name would be another.</summary>
    private static bool IsFirstPart(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken) =>
        found.TargetSymbol.GetAttributes().First(ServiceAttribute.Is).ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not { } first
        || found.TargetNode.Contains(first);

    private static EquatableArray<ParsedContract> One(ParsedContract parsed) => new([parsed]);
}
