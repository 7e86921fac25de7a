namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>A member of an interface: a method without a body, or anything else, which is text.</summary>
/// <param name="Text">The member's text; for a method what stands before its return type.</param>
/// <param name="Return">What a method returns.</param>
/// <param name="Name">A method's name and type parameters; <see langword="null"/> where the text is all there is.</param>
/// <param name="Parameters">A method's parameters.</param>
internal sealed record MemberSpec(string Text, string Return = "", string? Name = null, params IReadOnlyList<ParameterSpec> Parameters)
{
    /// <summary>What two members of one interface must not both have.</summary>
    public string Signature => Name is null ? Text : $"{Name}({string.Join(",", Parameters.Select(static parameter => Erased(parameter.Type.Text)))})";

    public IEnumerable<MemberSpec> Shrink()
    {
        if (Name is null)
        {
            yield break;
        }

        for (var index = 0; index < Parameters.Count; index++)
        {
            yield return this with { Parameters = [.. Parameters.Where((_, other) => other != index)] };
        }

        if (Text.Length > 0)
        {
            yield return this with { Text = "" };
        }

        if (Return != MemberGrammar.Task)
        {
            yield return this with { Return = MemberGrammar.Task };
        }

        for (var index = 0; index < Parameters.Count; index++)
        {
            foreach (var parameter in Parameters[index].Shrink())
            {
                yield return this with { Parameters = [.. Parameters.Select((other, position) => position == index ? parameter : other)] };
            }
        }
    }

    public override string ToString() => Name is null ? Text : $"{Text}{Return} {Name}({string.Join(", ", Parameters)});";

    private static string Erased(string type) => type.Replace("?", "", StringComparison.Ordinal).Replace("dynamic", "object", StringComparison.Ordinal);
}
