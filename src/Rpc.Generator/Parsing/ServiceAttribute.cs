using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>What <c>[RpcService]</c> on an interface says.</summary>
internal sealed record ServiceAttribute(string? Name, string? Queue, bool IsBare)
{
    // The value of Rpc.RpcWire.Bare, which is part of its public surface.
    private const int BareWire = 1;

    public static ServiceAttribute? Of(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static data => Is(data)) is { } data ? Read(data) : null;

    public static bool Is(AttributeData data) => data.AttributeClass.Is("Rpc", "RpcServiceAttribute");

    private static ServiceAttribute Read(AttributeData data) => new(
        data.ConstructorArguments.FirstOrDefault().Value as string,
        data.NamedArguments.FirstOrDefault(static argument => argument.Key == "Queue").Value.Value as string,
        data.NamedArguments.FirstOrDefault(static argument => argument.Key == "Wire").Value.Value is BareWire);
}
