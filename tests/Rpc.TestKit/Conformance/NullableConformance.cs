using Rpc.TestKit.Contracts;
using Xunit;
using static Rpc.TestKit.Conformance.EdgeValues;

namespace Rpc.TestKit.Conformance;

/// <summary>Nullable forms of single values, there and back.</summary>
public abstract class NullableConformance(IConformanceBroker broker) : RoundTripTest<INullables>(broker)
{
    [Fact]
    public async Task Numbers_come_back()
    {
        await StartAsync(new NullablesService());
        await SameAsync<sbyte?>(Echo.EchoSByte, sbyte.MinValue, sbyte.MaxValue, null);
        await SameAsync<byte?>(Echo.EchoByte, byte.MinValue, byte.MaxValue, null);
        await SameAsync<short?>(Echo.EchoShort, short.MinValue, short.MaxValue, null);
        await SameAsync<ushort?>(Echo.EchoUShort, ushort.MinValue, ushort.MaxValue, null);
        await SameAsync<int?>(Echo.EchoInt, int.MinValue, 0, int.MaxValue, null);
        await SameAsync<uint?>(Echo.EchoUInt, uint.MinValue, uint.MaxValue, null);
        await SameAsync<long?>(Echo.EchoLong, long.MinValue, long.MaxValue, null);
        await SameAsync<ulong?>(Echo.EchoULong, ulong.MinValue, ulong.MaxValue, null);
        await SameAsync<bool?>(Echo.EchoBool, true, false, null);
        await SameAsync<float?>(OrNull<float>(SameBits), Echo.EchoFloat, AndNull(Floats));
        await SameAsync<double?>(OrNull<double>(SameBits), Echo.EchoDouble, AndNull(Doubles));
        await SameAsync<decimal?>(OrNull<decimal>(SameBits), Echo.EchoDecimal, AndNull(Decimals));
    }

    [Fact]
    public async Task Texts_come_back_and_null_is_not_empty()
    {
        await StartAsync(new NullablesService());
        await SameAsync<string?>(Echo.EchoText, [.. Texts, null]);
        await SameAsync<char?>(Echo.EchoChar, AndNull(Chars));
        await SameAsync<Guid?>(Echo.EchoGuid, AndNull(Guids));
        await SameAsync<Uri?>(Echo.EchoUri, [.. Uris, null]);
        await SameAsync<byte[]?>(Echo.EchoBytes, [.. Blocks, null]);
    }

    [Fact]
    public async Task Times_come_back()
    {
        await StartAsync(new NullablesService());
        await SameAsync<DateTime?>(OrNull<DateTime>(SameKind), Echo.EchoDateTime, AndNull(DateTimes));
        await SameAsync<DateTimeOffset?>(OrNull<DateTimeOffset>(SameOffset), Echo.EchoInstant, AndNull(Instants));
        await SameAsync<DateOnly?>(Echo.EchoDate, AndNull(Dates));
        await SameAsync<TimeOnly?>(Echo.EchoTime, AndNull(Times));
        await SameAsync<TimeSpan?>(Echo.EchoSpan, AndNull(Spans));
    }

    [Fact]
    public async Task Enums_come_back()
    {
        await StartAsync(new NullablesService());
        await SameAsync<Color?>(Echo.EchoColor, AndNull(Colors));
        await SameAsync<Level?>(Echo.EchoLevel, AndNull(Levels));
        await SameAsync<Offset?>(Echo.EchoOffset, AndNull(Offsets));
        await SameAsync<Rights?>(Echo.EchoRights, AndNull(AllRights));
    }
}
