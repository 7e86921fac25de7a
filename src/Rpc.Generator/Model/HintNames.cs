using System;
using System.Collections.Generic;
using System.Linq;

namespace Rpc.Generator.Model;

/// <summary>
/// Gives each contract a file name of its own. The compiler compares them without regard to case, C# does not: where two contracts differ in
/// nothing else, the later ones are numbered.
/// </summary>
internal sealed record HintNames(EquatableArray<string> Clashing)
{
    public static HintNames Of(IEnumerable<string> fullNames) => new(new EquatableArray<string>(
        fullNames
            .Distinct(StringComparer.Ordinal)
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)));

    public string For(string fullName)
    {
        var earlier = Clashing
            .TakeWhile(name => !string.Equals(name, fullName, StringComparison.Ordinal))
            .Count(name => string.Equals(name, fullName, StringComparison.OrdinalIgnoreCase));

        // A minus cannot be part of a name, so no numbered name equals another contract's.
        return Clashing.Contains(fullName) && earlier > 0 ? $"{fullName}-{earlier + 1}.g.cs" : $"{fullName}.g.cs";
    }
}
