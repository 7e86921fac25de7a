namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>A type as C# text, with the types it is made of, which are simpler ones to try when a test fails.</summary>
internal sealed record TypeSpec(string Text, params IReadOnlyList<TypeSpec> Parts)
{
    public static TypeSpec Int { get; } = new("int");

    public IEnumerable<TypeSpec> Shrink() => Text == Int.Text ? [] : Parts.Append(Int);

    public override string ToString() => Text;
}
