using System;
using System.Collections.Generic;
using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Discovery;

/// <summary>
/// Deals contracts out by their names. Roslyn compares what a step returns place by place: in one list, a contract more or less would move all that
/// come after it, and their files would be made anew. Here it moves no more than those that share its bucket.
/// </summary>
internal static class ContractBuckets
{
    // Enough that even a thousand contracts share few, and so few that empty ones cost nothing next to parsing a contract.
    private const int Count = 1024;

    public static IEnumerable<EquatableArray<ParsedContract>> Of(IEnumerable<ParsedContract> contracts)
    {
        var buckets = new EquatableArray<ParsedContract>[Count];
        foreach (var bucket in contracts.GroupBy(static contract => IndexOf(contract.FullName)))
        {
            buckets[bucket.Key] = new EquatableArray<ParsedContract>(bucket.OrderBy(static contract => contract.FullName, StringComparer.Ordinal));
        }

        return buckets;
    }

    /// <summary>FNV-1a. The order of the buckets becomes the order of files in the assembly, so this must be the same in every process.</summary>
    private static int IndexOf(string name)
    {
        var hash = 2166136261;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return (int)(hash % Count);
    }
}
