namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="ICollections"/>.</summary>
public sealed class CollectionsService : EchoService, ICollections
{
    public Task<int[]> EchoArray(int[] value) => Echo(value);

    public Task<int[][]> EchoJagged(int[][] value) => Echo(value);

    public Task<string?[]> EchoTexts(string?[] value) => Echo(value);

    public Task<string[]?> EchoMissingTexts(string[]? value) => Echo(value);

    public Task<byte[][]> EchoBlocks(byte[][] value) => Echo(value);

    public Task<List<double>> EchoList(List<double> value) => Echo(value);

    public Task<IList<Guid>> EchoListInterface(IList<Guid> value) => Echo(value);

    public Task<ICollection<char>> EchoCollectionInterface(ICollection<char> value) => Echo(value);

    public Task<IEnumerable<long>> EchoEnumerable(IEnumerable<long> value) => Echo(value);

    public Task<IReadOnlyList<TimeSpan>> EchoReadOnlyList(IReadOnlyList<TimeSpan> value) => Echo(value);

    public Task<IReadOnlyCollection<Uri>> EchoReadOnlyCollection(IReadOnlyCollection<Uri> value) => Echo(value);

    public Task<HashSet<string>> EchoSet(HashSet<string> value) => Echo(value);

    public Task<ISet<decimal>> EchoSetInterface(ISet<decimal> value) => Echo(value);

    public Task<Dictionary<string, int>> EchoDictionary(Dictionary<string, int> value) => Echo(value);

    public Task<IDictionary<Guid, byte[]>> EchoDictionaryInterface(IDictionary<Guid, byte[]> value) => Echo(value);

    public Task<IReadOnlyDictionary<Color, List<int?>>> EchoReadOnlyDictionary(IReadOnlyDictionary<Color, List<int?>> value) => Echo(value);

    public Task<Dictionary<int, string?>?> EchoMissingDictionary(Dictionary<int, string?>? value) => Echo(value);

    public Task<List<Dictionary<string, HashSet<DateOnly>[]>>> EchoNested(List<Dictionary<string, HashSet<DateOnly>[]>> value) => Echo(value);

    public Task<float[]> EchoFloats(float[] value) => Echo(value);

    public Task<List<bool>> EchoBools(List<bool> value) => Echo(value);

    public Task<DateTimeOffset?[]> EchoInstants(DateTimeOffset?[] value) => Echo(value);
}
