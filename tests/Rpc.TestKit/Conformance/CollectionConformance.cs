using Rpc.TestKit.Contracts;
using Xunit;
using static Rpc.TestKit.Conformance.EdgeValues;

namespace Rpc.TestKit.Conformance;

/// <summary>Collections, there and back: full, empty, nested, with nulls inside.</summary>
public abstract class CollectionConformance(IConformanceBroker broker) : RoundTripTest<ICollections>(broker)
{
    [Fact]
    public async Task Arrays_come_back()
    {
        await StartAsync(new CollectionsService());
        await SameAsync<int[]>(Echo.EchoArray, [], [1, -1, int.MinValue, int.MaxValue], [.. Enumerable.Range(0, 10_000)]);
        await SameAsync<int[][]>(Echo.EchoJagged, [], [[]], [[1], [], [2, 3]]);
        await SameAsync<string?[]>(Echo.EchoTexts, [], [null], [.. Texts, null]);
        await SameAsync<string[]?>(Echo.EchoMissingTexts, null, [], [""]);
        await SameAsync<byte[][]>(Echo.EchoBlocks, [], Blocks);
        await SameAsync<float[]>(Echo.EchoFloats, [], Floats);
        await SameAsync<DateTimeOffset?[]>(Echo.EchoInstants, [], AndNull(Instants));
    }

    [Fact]
    public async Task Lists_come_back()
    {
        await StartAsync(new CollectionsService());
        await SameAsync<List<double>>(Echo.EchoList, [], [.. Doubles]);
        await SameAsync<List<bool>>(Echo.EchoBools, [], [true, false, true]);
        await SameAsync<IList<Guid>>(Echo.EchoListInterface, new List<Guid>(), new List<Guid>(Guids), Guids);
        await SameAsync<ICollection<char>>(Echo.EchoCollectionInterface, new List<char>(), new List<char>(Chars));
        await SameAsync<IEnumerable<long>>(Echo.EchoEnumerable, [], [long.MinValue, 0, long.MaxValue], Enumerable.Range(0, 5).Select(static i => (long)i));
        await SameAsync<IReadOnlyList<TimeSpan>>(Echo.EchoReadOnlyList, [], Spans);
        await SameAsync<IReadOnlyCollection<Uri>>(Echo.EchoReadOnlyCollection, [], Uris);
    }

    [Fact]
    public async Task Sets_come_back()
    {
        await StartAsync(new CollectionsService());
        await SameAsync<HashSet<string>>(Echo.EchoSet, [], [.. Texts]);
        await SameAsync<ISet<decimal>>(Echo.EchoSetInterface, new HashSet<decimal>(), new HashSet<decimal>(Decimals));
    }

    [Fact]
    public async Task Dictionaries_come_back()
    {
        await StartAsync(new CollectionsService());
        await SameAsync<Dictionary<string, int>>(Echo.EchoDictionary, [], Texts.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index));
        await SameAsync<IDictionary<Guid, byte[]>>(
            Echo.EchoDictionaryInterface, new Dictionary<Guid, byte[]>(), Guids.Zip(Blocks).ToDictionary(static pair => pair.First, static pair => pair.Second));
        await SameAsync<IReadOnlyDictionary<Color, List<int?>>>(
            Echo.EchoReadOnlyDictionary,
            new Dictionary<Color, List<int?>>(),
            new Dictionary<Color, List<int?>> { [Color.Red] = [], [Color.Green] = [1, null], [Color.Blue] = [int.MinValue] });
        await SameAsync<Dictionary<int, string?>?>(Echo.EchoMissingDictionary, null, [], new Dictionary<int, string?> { [int.MinValue] = null, [0] = "", [1] = "one" });
    }

    [Fact]
    public async Task Collections_of_collections_come_back()
    {
        await StartAsync(new CollectionsService());
        await SameAsync<List<Dictionary<string, HashSet<DateOnly>[]>>>(
            Echo.EchoNested,
            [],
            [[]],
            [new() { ["none"] = [], ["empty"] = [[]], ["both"] = [[DateOnly.MinValue], [DateOnly.MaxValue, new(2024, 2, 29)]] }, []]);
    }
}
