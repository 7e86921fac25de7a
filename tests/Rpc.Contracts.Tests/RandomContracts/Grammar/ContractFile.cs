namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>One file: interfaces that belong together, at least one a contract, in a namespace of their own.</summary>
/// <param name="Namespace">What follows the namespace's unique beginning, or <see cref="Global"/>.</param>
/// <param name="Interfaces">Bases first.</param>
/// <param name="Extra">Other types beside them, which may have names that generated code wants.</param>
internal sealed record ContractFile(string Namespace, IReadOnlyList<InterfaceSpec> Interfaces, string Extra)
{
    /// <summary>Stands in names and texts for a number that no other file of the compilation has.</summary>
    public const string Unique = "\u00a7";

    /// <summary>Stands for no namespace, in which there is room for one file of a compilation.</summary>
    public const string Global = "(global)";

    private static readonly string[] s_namespaces = ["System", "Rpc", "Library"];

    /// <summary>Whether no name in it would take one away from the other files of the compilation.</summary>
    public bool FitsGlobal => Extra.Length == 0 && Interfaces.All(static item =>
        !s_namespaces.Contains(item.Name) && !s_namespaces.Any(name => item.Container.EndsWith(" " + name, StringComparison.Ordinal)));

    public IEnumerable<ContractFile> Shrink()
    {
        for (var index = Interfaces.Count - 1; index >= 0; index--)
        {
            if (Interfaces.Count > 1)
            {
                yield return this with { Interfaces = [.. Interfaces.Where((_, other) => other != index)] };
            }
        }

        if (Extra.Length > 0)
        {
            yield return this with { Extra = "" };
        }

        if (Namespace.Length > 0)
        {
            yield return this with { Namespace = "" };
        }

        for (var index = 0; index < Interfaces.Count; index++)
        {
            foreach (var item in Interfaces[index].Shrink())
            {
                yield return this with { Interfaces = [.. Interfaces.Select((other, position) => position == index ? item : other)] };
            }
        }
    }

    public string Source(int number)
    {
        var body = string.Join("\n", Interfaces) + Extra;
        var text = Namespace == Global ? body : $"namespace N{Unique}{Namespace}\n{{\n{body}\n}}\n";
        return "#nullable enable\n" + text.Replace(Unique, number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
