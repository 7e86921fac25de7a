using Rpc.TestKit.Contracts;
using Xunit;
using static Rpc.TestKit.Conformance.EdgeValues;

namespace Rpc.TestKit.Conformance;

/// <summary>Single values, there and back.</summary>
public abstract class ScalarConformance(IConformanceBroker broker) : RoundTripTest<IScalars>(broker)
{
    [Fact]
    public async Task Integers_of_every_width_come_back()
    {
        await StartAsync(new ScalarsService());
        await SameAsync<sbyte>(Echo.EchoSByte, (sbyte)0, (sbyte)1, (sbyte)-1, sbyte.MinValue, sbyte.MaxValue);
        await SameAsync<byte>(Echo.EchoByte, byte.MinValue, (byte)1, byte.MaxValue);
        await SameAsync<short>(Echo.EchoShort, (short)0, (short)-1, short.MinValue, short.MaxValue);
        await SameAsync<ushort>(Echo.EchoUShort, ushort.MinValue, ushort.MaxValue);
        await SameAsync<int>(Echo.EchoInt, 0, -1, int.MinValue, int.MaxValue);
        await SameAsync<uint>(Echo.EchoUInt, uint.MinValue, uint.MaxValue);
        await SameAsync<long>(Echo.EchoLong, 0, -1, long.MinValue, long.MaxValue, (1L << 53) + 1);
        await SameAsync<ulong>(Echo.EchoULong, ulong.MinValue, ulong.MaxValue);
        await SameAsync<bool>(Echo.EchoBool, true, false);
    }

    [Fact]
    public async Task Fractions_come_back_to_the_bit()
    {
        await StartAsync(new ScalarsService());
        await SameAsync<float>(SameBits, Echo.EchoFloat, Floats);
        await SameAsync<double>(SameBits, Echo.EchoDouble, Doubles);
        await SameAsync<decimal>(SameBits, Echo.EchoDecimal, Decimals);
    }

    [Fact]
    public async Task Texts_come_back()
    {
        await StartAsync(new ScalarsService());
        await SameAsync<string>(Echo.EchoText, Texts);
        await SameAsync<char>(Echo.EchoChar, Chars);
        await SameAsync<Guid>(Echo.EchoGuid, Guids);
        await SameAsync<Uri>(SameText, Echo.EchoUri, Uris);
        await SameAsync<byte[]>(Echo.EchoBytes, Blocks);
    }

    [Fact]
    public async Task Times_come_back_with_kind_and_offset()
    {
        await StartAsync(new ScalarsService());
        await SameAsync<DateTime>(SameKind, Echo.EchoDateTime, DateTimes);
        await SameAsync<DateTimeOffset>(SameOffset, Echo.EchoInstant, Instants);
        await SameAsync<DateOnly>(Echo.EchoDate, Dates);
        await SameAsync<TimeOnly>(Echo.EchoTime, Times);
        await SameAsync<TimeSpan>(Echo.EchoSpan, Spans);
    }

    [Fact]
    public async Task Enums_come_back_with_values_that_have_no_name()
    {
        await StartAsync(new ScalarsService());
        await SameAsync<Color>(Echo.EchoColor, Colors);
        await SameAsync<Level>(Echo.EchoLevel, Levels);
        await SameAsync<Offset>(Echo.EchoOffset, Offsets);
        await SameAsync<Rights>(Echo.EchoRights, AllRights);
    }

    [Fact]
    public async Task A_mebibyte_comes_back()
    {
        const int Mebibyte = 1024 * 1024;
        await StartAsync(new ScalarsService());
        var bytes = new byte[Mebibyte];
        for (var i = 0; i < Mebibyte; i++)
        {
            bytes[i] = (byte)(i * 31 >> 3);
        }

        await SameAsync<string>(Echo.EchoText, new string('a', Mebibyte), string.Concat(Enumerable.Repeat("ü\"😀\n", Mebibyte / 5)));
        await SameAsync<byte[]>(Echo.EchoBytes, bytes);
    }
}
