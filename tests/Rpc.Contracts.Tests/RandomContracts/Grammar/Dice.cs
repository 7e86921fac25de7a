namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>A repeatable source of choices.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Whether something that happens so many times in a hundred happens now.</summary>
    public bool Percent(int chance) => _random.Next(100) < chance;

    public int Upto(int most) => _random.Next(most + 1);

    public T Of<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public int Next() => _random.Next();
}
