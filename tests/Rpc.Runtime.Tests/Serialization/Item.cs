namespace Rpc.Runtime.Tests.Serialization;

/// <summary>A payload that only reflection, or a user's context, knows.</summary>
public sealed class Item
{
    public string? Name { get; init; }
}
