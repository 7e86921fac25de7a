using System;
using System.Collections.Generic;
using System.Linq;

namespace Rpc.Generator.Parsing;

/// <summary>Names that are in use at one place, so that the next one there is given another.</summary>
internal sealed class NameScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>Takes the first candidate that is free, or else the last one with a number behind it, from 2 on.</summary>
    public string Take(params string[] candidates)
    {
        var numbered = Enumerable.Range(2, int.MaxValue - 2).Select(number => candidates[candidates.Length - 1] + number);
        var name = candidates.Concat(numbered).First(candidate => !_taken.Contains(candidate));
        _taken.Add(name);
        return name;
    }
}
