using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>Tells types that can travel from those that cannot, whatever a serializer does.</summary>
internal static class PayloadClassifier
{
    public static PayloadKind Classify(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return Classify(array.ElementType);
        }

        if (IsTask(type))
        {
            return PayloadKind.Task;
        }

        if (IsStream(type))
        {
            return PayloadKind.Stream;
        }

        return IsImpossible(type)
            ? PayloadKind.Impossible
            : IsContainer(type)
                ? ((INamedTypeSymbol)type).TypeArguments.Select(Classify).FirstOrDefault(static kind => kind != PayloadKind.Value)
                : PayloadKind.Value;
    }

    private static bool IsTask(ITypeSymbol type) =>
        type.IsOrDerives("System.Threading.Tasks", "Task")
        || type.Is("System.Threading.Tasks", "ValueTask")
        || type.Is("System.Threading.Tasks", "ValueTask", 1);

    private static bool IsStream(ITypeSymbol type) =>
        type.Is("System.Collections.Generic", "IAsyncEnumerable", 1)
        || type.Is("System", "IObservable", 1)
        || type.Is("System", "IProgress", 1)
        || type.IsOrDerives("System.IO", "Stream")
        || type.IsOrDerives("System.IO.Pipelines", "PipeReader")
        || type.IsOrDerives("System.IO.Pipelines", "PipeWriter")
        || type.Is("System.Threading.Channels", "ChannelReader", 1)
        || type.Is("System.Threading.Channels", "ChannelWriter", 1);

    private static bool IsImpossible(ITypeSymbol type) =>
        type.IsRefLikeType
        || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate
        || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Void
            or SpecialType.System_Delegate or SpecialType.System_MulticastDelegate or SpecialType.System_TypedReference
        || type.IsOrDerives("System.Linq.Expressions", "Expression")
        || type.IsOrDerives("System", "Type")
        || type.Is("System.Threading", "CancellationToken")
        || type.IsOrDerives("System.Threading", "CancellationTokenSource");

    /// <summary>
    /// A collection, a tuple or a nullable type travels if its parts do; what another generic type does with its arguments is its own affair.
    /// </summary>
    private static bool IsContainer(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true } named
        && (named.IsTupleType
            || named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || named.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", System.StringComparison.Ordinal));
}
