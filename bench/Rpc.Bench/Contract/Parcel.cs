namespace Rpc.Bench.Contract;

/// <summary>A record of numbers, an instant and texts.</summary>
/// <param name="Number">A number.</param>
/// <param name="Posted">An instant.</param>
/// <param name="Weight">A measure.</param>
/// <param name="Insured">A truth value.</param>
/// <param name="Sender">Who sends it.</param>
/// <param name="Receiver">Who gets it.</param>
/// <param name="Items">What is in it.</param>
public sealed record Parcel(long Number, DateTimeOffset Posted, double Weight, bool Insured, Address Sender, Address Receiver, IReadOnlyList<Item> Items)
{
    /// <summary>A parcel whose JSON has 1 KiB, give or take a few bytes.</summary>
    public static Parcel Sample { get; } = new(
        4_711,
        new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero),
        12.75,
        true,
        new Address("Karla Specimen", "Long Lane 17, second floor", "12345", "Middletown"),
        new Address("Receiving department", "Harbour Road 100, gate 4", "54321", "Seaport"),
        [.. Enumerable.Range(1, 10).Select(static n => new Item($"item-{n:d4}", "A thing of no great importance", n, n * 1.25))]);
}
