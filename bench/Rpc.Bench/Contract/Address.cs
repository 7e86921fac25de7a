namespace Rpc.Bench.Contract;

/// <summary>Where a parcel comes from or goes to.</summary>
/// <param name="Name">A name.</param>
/// <param name="Street">A street.</param>
/// <param name="Code">A postal code.</param>
/// <param name="City">A city.</param>
public sealed record Address(string Name, string Street, string Code, string City);
