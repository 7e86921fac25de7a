using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>What <c>[RpcMethod]</c> on a method says; the defaults where there is none.</summary>
internal sealed record MethodAttribute(string? Name, int TimeoutMs)
{
    private static readonly MethodAttribute s_none = new(null, 0);

    public static MethodAttribute Of(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static data => data.AttributeClass.Is("Rpc", "RpcMethodAttribute")) is { } data ? Read(data) : s_none;

    private static MethodAttribute Read(AttributeData data) => new(
        data.ConstructorArguments.FirstOrDefault().Value as string,
        data.NamedArguments.FirstOrDefault(static argument => argument.Key == "TimeoutMs").Value.Value as int? ?? 0);
}
