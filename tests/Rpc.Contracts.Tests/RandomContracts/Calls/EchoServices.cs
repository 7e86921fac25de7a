using System.Text;
using Microsoft.CodeAnalysis;

namespace Rpc.Contracts.Tests.RandomContracts.Calls;

/// <summary>Writes a service for each contract that hands every call to one handler and returns what that gives.</summary>
internal static class EchoServices
{
    public const string Shared = """
        #nullable enable
        public static class Echo
        {
            public static global::System.Func<string, object?[], object?> Handler = null!;

            public static T Call<T>(string method, object?[] arguments) => (T)Handler(method, arguments)!;
        }
        """;

    private static readonly SymbolDisplayFormat s_type = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat s_key = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    public static IReadOnlyList<INamedTypeSymbol> Contracts(Compilation compilation, HashSet<SyntaxTree> trees) =>
        [.. All(compilation.Assembly.GlobalNamespace).Where(type => type.TypeKind == TypeKind.Interface
            && type.GetAttributes().Any(static data => data.AttributeClass?.Name == "RpcServiceAttribute")
            && type.DeclaringSyntaxReferences.Any(reference => trees.Contains(reference.SyntaxTree)))];

    public static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } container
        ? $"{MetadataName(container)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString(s_key)}.{type.MetadataName}";

    /// <summary>One class for each contract, <c>Service0</c> and so on.</summary>
    public static string Source(IReadOnlyList<INamedTypeSymbol> contracts)
    {
        // Implementing what is obsolete or experimental is no concern of these tests.
        var text = new StringBuilder("#nullable disable\n#pragma warning disable\n#pragma warning disable TRY001\n");
        foreach (var (index, contract) in contracts.Index())
        {
            text.Append(null, $"[global::System.Obsolete]\npublic sealed class Service{index} : {contract.ToDisplayString(s_type)}\n{{\n");
            foreach (var member in Members(contract))
            {
                text.Append("    ").Append(Member(member)).Append('\n');
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<IMethodSymbol> Members(INamedTypeSymbol contract) => contract.AllInterfaces.Prepend(contract)
        .SelectMany(static type => type.GetMembers())
        .OfType<IMethodSymbol>()
        .Where(static method => method is { IsAbstract: true, IsStatic: false, MethodKind: MethodKind.Ordinary });

    private static string Member(IMethodSymbol method)
    {
        var arguments = string.Join(", ", method.Parameters.Select(static parameter => "@" + parameter.Name));

        // What is done with a dynamic value is decided by what it is at run time, which is not what the service promises.
        var result = method.ReturnType is INamedTypeSymbol { TypeArguments: [var inner] } ? inner.TypeKind == TypeKind.Dynamic ? "object" : inner.ToDisplayString(s_type) : null;
        var call = $"global::Echo.Call<{result ?? "object"}>(\"{Key(method)}\", new object[] {{ {arguments} }})";
        var body = method.ReturnType.Name switch
        {
            "Void" => "{ }",
            "ValueTask" when method.ContainingType.Name == "IAsyncDisposable" => "=> default;",
            "ValueTask" when result is null => $"{{ {call}; return default; }}",
            "ValueTask" => $"=> new({call});",
            _ when result is null => $"{{ {call}; return global::System.Threading.Tasks.Task.CompletedTask; }}",
            _ => $"=> global::System.Threading.Tasks.Task.FromResult({call});",
        };
        var parameters = string.Join(", ", method.Parameters.Select(static parameter => $"{parameter.Type.ToDisplayString(s_type)} @{parameter.Name}"));
        return $"{method.ReturnType.ToDisplayString(s_type)} {method.ContainingType.ToDisplayString(s_type)}.@{method.Name}({parameters}) {body}";
    }

    /// <summary>Equal methods of two bases are one call, so the interface that declares them is no part of the key.</summary>
    private static string Key(IMethodSymbol method) => $"{method.Name}/{method.Parameters.Length}/{string.Join(",", method.Parameters.Select(static parameter => parameter.Name))}";

    private static IEnumerable<INamedTypeSymbol> All(INamespaceOrTypeSymbol place) => place.GetMembers().SelectMany(static member => member switch
    {
        INamespaceSymbol inner => All(inner),
        INamedTypeSymbol type => All(type).Prepend(type),
        _ => [],
    });
}
