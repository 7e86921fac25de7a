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

    /// <summary>Parses a contract; there is nothing to say of one that no code can stand beside, and the analyzer says why.</summary>
    public static ParsedContract? Parse(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        var fullName = TypeText.WireName(contract);
        try
        {
            var shape = ContractClassifier.Classify(contract, ServiceAttribute.Of(contract)!, cancellationToken);
            return shape.IsImplementable ? new ParsedContract(fullName, ToModel(shape, fullName), null) : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new ParsedContract(fullName, null, exception.ToString());
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
}
