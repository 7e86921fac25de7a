namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>One interface of a file.</summary>
/// <param name="Name">Its name as C# writes it, with its type parameters.</param>
/// <param name="Attributes">Text before its modifiers; where that has <c>[RpcService]</c>, it is a contract.</param>
/// <param name="Modifiers">Its accessibility.</param>
/// <param name="Container">The head of the type around it, or nothing.</param>
/// <param name="Bases">Its bases, as C#.</param>
/// <param name="Members">Its members.</param>
/// <param name="IsPartial">Whether it is written in two parts.</param>
internal sealed record InterfaceSpec(
    string Name,
    string Attributes,
    string Modifiers,
    string Container,
    IReadOnlyList<string> Bases,
    IReadOnlyList<MemberSpec> Members,
    bool IsPartial)
{
    public IEnumerable<InterfaceSpec> Shrink()
    {
        for (var index = 0; index < Members.Count; index++)
        {
            yield return this with { Members = [.. Members.Where((_, other) => other != index)] };
        }

        for (var index = 0; index < Bases.Count; index++)
        {
            yield return this with { Bases = [.. Bases.Where((_, other) => other != index)] };
        }

        if (Attributes.Contains("RpcService(", StringComparison.Ordinal) || Attributes.Contains('\n', StringComparison.Ordinal))
        {
            yield return this with { Attributes = FileGrammar.Service };
        }

        if (Container.Length > 0)
        {
            yield return this with { Container = "", Modifiers = "public" };
        }

        if (IsPartial)
        {
            yield return this with { IsPartial = false };
        }

        for (var index = 0; index < Members.Count; index++)
        {
            foreach (var member in Members[index].Shrink())
            {
                yield return this with { Members = [.. Members.Select((other, position) => position == index ? member : other)] };
            }
        }
    }

    public override string ToString()
    {
        var half = IsPartial ? Members.Count / 2 : Members.Count;
        var text = Part(Attributes, Bases, Members.Take(half)) + (IsPartial ? Part("", [], Members.Skip(half)) : "");
        return Container.Length == 0 ? text : $"{Container}\n{{\n{text}}}\n";
    }

    private string Part(string attributes, IReadOnlyList<string> bases, IEnumerable<MemberSpec> members) =>
        $"{attributes}{(attributes.Length > 0 ? "\n" : "")}{Modifiers}{(IsPartial ? " partial" : "")} interface {Name}"
        + (bases.Count > 0 ? " : " + string.Join(", ", bases) : "")
        + $"\n{{\n{string.Concat(members.Select(static member => $"    {member}\n"))}}}\n";
}
