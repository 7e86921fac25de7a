using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>How far a contract can be seen, which is how far its generated code can be.</summary>
internal static class ContractAccess
{
    /// <summary><c>public</c>, <c>internal</c>, or <see langword="null"/> where code beside the contract cannot name it.</summary>
    public static string? Of(INamedTypeSymbol contract)
    {
        var access = "public";
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            switch (type.DeclaredAccessibility)
            {
                case Accessibility.Public when !type.IsFileLocal:
                    break;
                case Accessibility.Internal or Accessibility.ProtectedOrInternal when !type.IsFileLocal:
                    access = "internal";
                    break;
                default:
                    return null;
            }
        }

        return access;
    }
}
