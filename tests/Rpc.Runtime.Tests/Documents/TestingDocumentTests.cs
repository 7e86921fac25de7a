using System.Reflection;
using Rpc.Testing;

namespace Rpc.Runtime.Tests.Documents;

/// <summary>docs/testing.md has a row for every outcome that can be injected, and no other.</summary>
public sealed class TestingDocumentTests
{
    [Fact]
    public void Every_outcome_HasOneRow()
    {
        var outcomes = typeof(RpcTestOutcome).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(static member => member.Name);
        var rows = Repository.Read("docs/testing.md").Split('\n')
            .SkipWhile(static line => !line.StartsWith("| `RpcTestOutcome`", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Split('`')[1].Split('(')[0])
            .ToList();

        Assert.Equal(outcomes.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.True(rows.Count > 10, $"only {rows.Count} rows were found: the search is broken");
    }
}
