using System.Collections;
using System.Reflection;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>
/// Walks everything that a value of the pipeline reaches and allows nothing but our own models, text, numbers and collections of them. A list of what
/// is allowed finds what nobody thought of forbidding.
/// </summary>
internal static class ModelGraph
{
    public static HashSet<Type> AssertPlain(IEnumerable<object> values)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var types = new HashSet<Type>();
        foreach (var value in values)
        {
            Walk(value, value.GetType().Name, seen, types);
        }

        return types;
    }

    private static void Walk(object? node, string path, HashSet<object> seen, HashSet<Type> types)
    {
        if (node is null || !seen.Add(node))
        {
            return;
        }

        var type = node.GetType();
        Assert.True(IsAllowed(type), $"The pipeline holds a {type} in {path}.");
        types.Add(type);
        if (node is IEnumerable items and not string)
        {
            foreach (var item in items)
            {
                Walk(item, path + "[]", seen, types);
            }
        }

        for (var declarer = IsLeaf(type) ? null : type; declarer is not null; declarer = declarer.BaseType)
        {
            foreach (var field in declarer.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(node), $"{path}.{field.Name}", seen, types);
            }
        }
    }

    private static bool IsAllowed(Type type) => IsLeaf(type)
        || (type.IsArray && IsAllowed(type.GetElementType()!))
        || type.Namespace == typeof(Model.ContractModel).Namespace
        || (type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal));

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string);
}
