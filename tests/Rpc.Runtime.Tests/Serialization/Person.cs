namespace Rpc.Runtime.Tests.Serialization;

/// <summary>A payload with members that must be there, and some that need not.</summary>
public sealed record Person(string Name, int Age, string? Nickname, string City = "Bonn", int? Height = null)
{
    public required bool IsAlive { get; init; }

    public string? Note { get; init; }
}
