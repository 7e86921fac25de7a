namespace Rpc.TestKit.Contracts;

/// <summary>A method for each kind of collection.</summary>
[RpcService]
public interface ICollections
{
    Task<int[]> EchoArray(int[] value);

    Task<int[][]> EchoJagged(int[][] value);

    Task<string?[]> EchoTexts(string?[] value);

    Task<string[]?> EchoMissingTexts(string[]? value);

    Task<byte[][]> EchoBlocks(byte[][] value);

    Task<List<double>> EchoList(List<double> value);

    Task<IList<Guid>> EchoListInterface(IList<Guid> value);

    Task<ICollection<char>> EchoCollectionInterface(ICollection<char> value);

    Task<IEnumerable<long>> EchoEnumerable(IEnumerable<long> value);

    Task<IReadOnlyList<TimeSpan>> EchoReadOnlyList(IReadOnlyList<TimeSpan> value);

    Task<IReadOnlyCollection<Uri>> EchoReadOnlyCollection(IReadOnlyCollection<Uri> value);

    Task<HashSet<string>> EchoSet(HashSet<string> value);

    Task<ISet<decimal>> EchoSetInterface(ISet<decimal> value);

    Task<Dictionary<string, int>> EchoDictionary(Dictionary<string, int> value);

    Task<IDictionary<Guid, byte[]>> EchoDictionaryInterface(IDictionary<Guid, byte[]> value);

    Task<IReadOnlyDictionary<Color, List<int?>>> EchoReadOnlyDictionary(IReadOnlyDictionary<Color, List<int?>> value);

    Task<Dictionary<int, string?>?> EchoMissingDictionary(Dictionary<int, string?>? value);

    Task<List<Dictionary<string, HashSet<DateOnly>[]>>> EchoNested(List<Dictionary<string, HashSet<DateOnly>[]>> value);

    Task<float[]> EchoFloats(float[] value);

    Task<List<bool>> EchoBools(List<bool> value);

    Task<DateTimeOffset?[]> EchoInstants(DateTimeOffset?[] value);
}
