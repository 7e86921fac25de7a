namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>One parameter of a method.</summary>
/// <param name="Name">Its name as C# writes it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Modifier">What stands before the type, such as <c>ref</c> or an attribute; usually nothing.</param>
/// <param name="Default">Its default value as C#, or <see langword="null"/>.</param>
internal sealed record ParameterSpec(string Name, TypeSpec Type, string Modifier = "", string? Default = null)
{
    public IEnumerable<ParameterSpec> Shrink()
    {
        if (Default is not null)
        {
            yield return this with { Default = null };
        }

        if (Modifier.Length > 0)
        {
            yield return this with { Modifier = "" };
        }

        foreach (var type in Type.Shrink())
        {
            yield return this with { Type = type, Default = null, Modifier = Modifier == "params " ? "" : Modifier };
        }
    }

    public override string ToString() => $"{Modifier}{Type} {Name}{(Default is null ? "" : " = " + Default)}";
}
