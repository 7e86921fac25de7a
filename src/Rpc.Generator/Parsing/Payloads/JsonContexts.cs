using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>The types that the <c>JsonSerializerContext</c>s of a project and of what it references know.</summary>
internal sealed class JsonContexts
{
    private const string Namespace = "System.Text.Json.Serialization";
    private const int MaxDepth = 24;

    private readonly HashSet<ITypeSymbol> _known = new(SymbolEqualityComparer.Default);

    private JsonContexts()
    {
    }

    public static JsonContexts Of(Compilation compilation)
    {
        var contexts = new JsonContexts();
        var types = ReferencedTypes.Types(compilation.Assembly.GlobalNamespace).Concat(ReferencedTypes.Using(compilation, "System.Text.Json"));
        foreach (var data in types.Where(IsContext).SelectMany(static context => context.GetAttributes()))
        {
            if (data.AttributeClass.Is(Namespace, "JsonSerializableAttribute") && data.ConstructorArguments.FirstOrDefault().Value is ITypeSymbol type)
            {
                contexts.Add(type, 0);
            }
        }

        return contexts;
    }

    /// <summary>The payload types of contracts that neither they nor a context bring metadata for, each once.</summary>
    public IEnumerable<Problem> FindMissing(IEnumerable<ContractShape> shapes)
    {
        var reported = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        return shapes.SelectMany(static shape => shape.Methods)
            .SelectMany(PayloadRoots.Of)
            .SelectMany(static root => JsonTypeParser.WithoutMetadata(root.Type).Select(type => (Type: type, root.At, root.Name)))
            .Where(item => item.Type.SpecialType != SpecialType.System_Object && !_known.Contains(item.Type) && reported.Add(item.Type))
            .Select(static item => new Problem(
                Descriptors.NoJsonContext, item.At, item.Name, item.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(
                    SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier))));
    }

    private static bool IsContext(INamedTypeSymbol type) => type.TypeKind == TypeKind.Class && type.IsOrDerives(Namespace, "JsonSerializerContext");

    /// <summary>A context knows what its types are made of, too.</summary>
    private void Add(ITypeSymbol type, int depth)
    {
        if (depth > MaxDepth || !_known.Add(type))
        {
            return;
        }

        IEnumerable<ITypeSymbol> parts = type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol named when FrameworkTypes.IsOne(named) => named.TypeArguments,
            INamedTypeSymbol named when JsonCollection.Of(named) is { } collection => collection.Element is null ? [] : [collection.Element],
            INamedTypeSymbol named => JsonObject.Of(named).Members.Select(static member => member.Type).Concat(JsonAttributes.DerivedTypes(named)),
            _ => [],
        };
        foreach (var part in parts)
        {
            Add(part, depth + 1);
        }
    }
}
