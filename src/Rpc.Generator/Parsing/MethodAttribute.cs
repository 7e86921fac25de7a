using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>What <c>[RpcMethod]</c> on a method says; the defaults where there is none.</summary>
internal sealed record MethodAttribute(string? Name, int TimeoutMs, bool IsOneWay, bool IsIdempotent, bool AcksBeforeRun)
{
    private static readonly MethodAttribute s_none = new(null, 0, false, false, false);

    public static MethodAttribute Of(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static data => data.AttributeClass.Is("Rpc", "RpcMethodAttribute")) is { } data ? Read(data) : s_none;

    private static MethodAttribute Read(AttributeData data) => new(
        data.ConstructorArguments.FirstOrDefault().Value as string,
        Named(data, "TimeoutMs") as int? ?? 0,
        Named(data, "OneWay") is true,
        Named(data, "Idempotent") is true,
        Named(data, "AckBeforeRun") is true);

    private static object? Named(AttributeData data, string name) => data.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
