using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>
/// Goes through what parameters and results are made of, as System.Text.Json would, and finds what would be lost or fail there. Only the analyzer
/// asks: a converter in the user's options can make anything travel, so the generated code is the same whatever is found here.
/// </summary>
internal sealed class PayloadInspector
{
    // A type like Node<T> { Node<Node<T>> Next } has endlessly many parts, each a new one.
    private const int MaxDepth = 24;

    // Each type is looked into once per contract, which also ends cycles.
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<Problem> _problems = [];

    private PayloadInspector()
    {
    }

    public static IReadOnlyList<Problem> Inspect(ContractShape shape, CancellationToken cancellationToken)
    {
        var inspector = new PayloadInspector();
        foreach (var (type, at, name) in shape.Methods.SelectMany(PayloadRoots.Of))
        {
            cancellationToken.ThrowIfCancellationRequested();
            inspector.Inspect(type, new PayloadPath(at, name, 0));
        }

        return inspector._problems;
    }

    private void Inspect(ITypeSymbol type, PayloadPath path)
    {
        if (path.Depth > MaxDepth || type.TypeKind is TypeKind.Enum or TypeKind.TypeParameter or TypeKind.Error
            || JsonValues.Find(type) is not null || JsonAttributes.HasConverter(type))
        {
            return;
        }

        switch (type)
        {
            case IArrayTypeSymbol { Rank: > 1 }:
                Refuse(type, path, "has more than one dimension");
                break;
            case IArrayTypeSymbol array:
                Inspect(array.ElementType, path.Element());
                break;
            case { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic }:
                Report(Descriptors.UnknownPayload, type, path, "which arrives as a JsonElement, whatever was sent");
                break;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                Inspect(nullable.TypeArguments[0], path);
                break;
            case INamedTypeSymbol { IsTupleType: true } tuple:
                InspectTuple(tuple, path);
                break;
            default:
                InspectOther(type, path);
                break;
        }
    }

    private void InspectTuple(INamedTypeSymbol tuple, PayloadPath path)
    {
        foreach (var item in tuple.TupleElements)
        {
            Inspect(item.Type, path.Append("." + item.Name));
        }
    }

    private void InspectOther(ITypeSymbol type, PayloadPath path)
    {
        if (FrameworkTypes.FindFault(type) is { } fault)
        {
            Refuse(type, path, fault);
        }
        else if (type is not INamedTypeSymbol named)
        {
            Refuse(type, path, "is not data");
        }
        else if (JsonCollection.Of(named) is { } collection)
        {
            InspectCollection(named, collection, path);
        }
        else if (named.TypeKind == TypeKind.Interface || named.IsAbstract)
        {
            InspectAbstract(named, path);
        }
        else if (!FrameworkTypes.IsOne(named) && _seen.Add(named))
        {
            InspectObject(named, path);
            InspectDerived(named, path);
        }
    }

    private void InspectCollection(INamedTypeSymbol type, JsonCollection collection, PayloadPath path)
    {
        if (collection.Fault is { } fault)
        {
            Refuse(type, path, fault);
        }
        else if (collection.Element is null)
        {
            Report(Descriptors.UnknownPayload, type, path, "whose elements arrive as JsonElement, whatever was sent");
        }
        else
        {
            Inspect(collection.Element, path.Element());
        }

        foreach (var member in _seen.Add(type) ? JsonCollection.StateBesideElements(type) : [])
        {
            Lose(path.Member(member.Name), "is a member of a collection, of which only the elements travel", "put it into a type that has the collection as a property");
        }
    }

    private void InspectAbstract(INamedTypeSymbol type, PayloadPath path)
    {
        if (JsonAttributes.DerivedTypes(type).Count == 0)
        {
            var kind = type.TypeKind == TypeKind.Interface ? "an interface" : "abstract";
            Refuse(type, path, $"is {kind}, and JSON does not say what stands behind it without [JsonDerivedType] for each type that it can be");
        }
        else
        {
            InspectDerived(type, path);
        }
    }

    private void InspectDerived(INamedTypeSymbol type, PayloadPath path)
    {
        if (JsonAttributes.HasUnmarkedDerivedType(type))
        {
            Refuse(type, path, "has a [JsonDerivedType] without a discriminator, so that JSON does not say which type it was");
        }

        foreach (var one in JsonAttributes.DerivedTypes(type).Where(one => !one.IsAbstract && _seen.Add(one)))
        {
            InspectObject(one, path);
        }
    }

    private void InspectObject(INamedTypeSymbol type, PayloadPath path)
    {
        var described = JsonObject.Of(type);
        if (described.Fault is { } fault)
        {
            Refuse(type, path, fault);
            return;
        }

        foreach (var member in described.Members)
        {
            var inside = path.Member(member.Symbol.Name);
            if (member.Loss is { } loss)
            {
                Lose(inside, loss.Reason, loss.Advice);
            }
            else if (JsonAttributes.HasConverter(member.Symbol))
            {
                // The user's code writes and reads it.
            }
            else if (member.IsRead)
            {
                Inspect(member.Type, inside);
            }
            else if (FrameworkTypes.FindFault(member.Type) is { } impossible)
            {
                // A computed property is written all the same.
                Refuse(member.Type, inside, impossible);
            }
        }
    }

    private void Lose(PayloadPath path, string reason, string advice) =>
        _problems.Add(new Problem(Descriptors.DroppedMember, path.At, path.Text, reason, advice));

    private void Refuse(ITypeSymbol type, PayloadPath path, string fault) => Report(Descriptors.ImpossiblePayload, type, path, fault);

    private void Report(DiagnosticDescriptor descriptor, ITypeSymbol type, PayloadPath path, string reason) =>
        _problems.Add(new Problem(descriptor, path.At, path.Text, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), reason));
}
