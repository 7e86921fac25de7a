using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Rpc;

namespace Shop;

/// <summary>One method for each kind of value that travels without reflection, and for each form that a method can have.</summary>
[RpcService("shop.everything", Queue = "shop/everything")]
public interface IEverything
{
    Task<double> Numbers(
        sbyte int8, byte uint8, short int16, ushort uint16, int int32, uint uint32, long int64, ulong uint64, Int128 int128, UInt128 uint128,
        Half half, float single, double @double, decimal @decimal);

    Task<string?> Values(
        bool boolean, char character, string text, Guid guid, DateTime dateTime, DateTimeOffset instant, DateOnly date, TimeOnly time, TimeSpan span,
        Uri uri, Version version, JsonElement json, byte[] bytes, Memory<byte> memory, ReadOnlyMemory<byte> readOnlyMemory, Color color);

    Task<DateTimeOffset?> Nullables(string? text, Uri? uri, Version? version, byte[]? bytes, Color? color, int? int32, double? @double, string?[]? array);

    Task<Dictionary<string, long>> Collections(
        int[] array,
        int[][] jagged,
        List<double> list,
        IList<Guid> listInterface,
        ICollection<char> collection,
        IEnumerable<long> enumerable,
        IReadOnlyList<TimeSpan> readOnlyList,
        IReadOnlyCollection<Uri> readOnlyCollection,
        HashSet<string> set,
        ISet<decimal> setInterface,
        Dictionary<string, int> dictionary,
        IDictionary<Guid, byte[]> dictionaryInterface,
        IReadOnlyDictionary<Color, List<int?>> readOnlyDictionary,
        List<Dictionary<string, HashSet<DateOnly>[]>> nested);

    Task<(int Count, string Name)> Tuples((int Count, string? Name) pair, (int, (bool, double[]))? nested, (int, int, int, int, int, int, int, int) eight);

    Task Ping();

    Task PingWithToken(CancellationToken cancellationToken);

    ValueTask Tell(string line);

    ValueTask<long> Add(int left, long right = -1, CancellationToken cancellationToken = default);

    [RpcMethod("list", TimeoutMs = 2500)]
    Task<IReadOnlyList<string>> List(
        string? prefix = "a\"b\\c\n",
        int page = 1,
        double ratio = 0.1,
        float scale = float.PositiveInfinity,
        decimal price = 9.95m,
        char separator = '\'',
        ulong limit = ulong.MaxValue,
        bool isOpen = true,
        Color color = (Color)(-1),
        Color? other = Color.Green,
        Guid id = default,
        DayOfWeek? day = null,
        params string[] tags);
}

/// <summary>A color.</summary>
public enum Color
{
    /// <summary>Red.</summary>
    Red,

    /// <summary>Green.</summary>
    Green = 7,
}
