using Mono.Cecil;
using NetArchTest.Rules;

namespace Rpc.Runtime.Tests.Architecture;

/// <summary>A rule about what types may mention. It lists offenders, so that a test can also show that it finds them.</summary>
/// <param name="isForbidden">Whether a mentioned type is one that must not be.</param>
internal sealed class Rule(Func<TypeReference, bool> isForbidden) : ICustomRule
{
    public static Rule NoNamespaces(params string[] namespaces) => new(type => namespaces.Any(name => IsIn(type, name)));

    public static Rule NoAssemblies(params string[] assemblies) => new(type => assemblies.Contains(type.Scope.Name));

    public bool MeetsRule(TypeDefinition type) => !Dependencies.Of(type).Any(isForbidden);

    /// <summary>The types among these that break the rule; fails if there are none to look at.</summary>
    public IReadOnlyList<string> OffendersAmong(PredicateList types)
    {
        Assert.NotEmpty(types.GetTypes());
        return [.. (types.Should().MeetCustomRule(this).GetResult().FailingTypeNames ?? []).Order(StringComparer.Ordinal)];
    }

    /// <summary>The same for types of an assembly that is not loaded.</summary>
    public IReadOnlyList<string> OffendersAmong(IReadOnlyCollection<TypeDefinition> types)
    {
        Assert.NotEmpty(types);
        return [.. types.Where(type => !MeetsRule(type)).Select(static type => type.FullName)];
    }

    public static bool IsIn(TypeReference type, string name)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace == name || type.Namespace.StartsWith(name + ".", StringComparison.Ordinal);
    }
}
