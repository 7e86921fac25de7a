namespace Rpc.TestKit.Contracts;

/// <summary>A method for the nullable form of each kind of single value.</summary>
[RpcService]
public interface INullables
{
    Task<sbyte?> EchoSByte(sbyte? value);

    Task<byte?> EchoByte(byte? value);

    Task<short?> EchoShort(short? value);

    Task<ushort?> EchoUShort(ushort? value);

    Task<int?> EchoInt(int? value);

    Task<uint?> EchoUInt(uint? value);

    Task<long?> EchoLong(long? value);

    Task<ulong?> EchoULong(ulong? value);

    Task<bool?> EchoBool(bool? value);

    Task<float?> EchoFloat(float? value);

    Task<double?> EchoDouble(double? value);

    Task<decimal?> EchoDecimal(decimal? value);

    Task<string?> EchoText(string? value);

    Task<char?> EchoChar(char? value);

    Task<Guid?> EchoGuid(Guid? value);

    Task<DateTime?> EchoDateTime(DateTime? value);

    Task<DateTimeOffset?> EchoInstant(DateTimeOffset? value);

    Task<DateOnly?> EchoDate(DateOnly? value);

    Task<TimeOnly?> EchoTime(TimeOnly? value);

    Task<TimeSpan?> EchoSpan(TimeSpan? value);

    Task<Uri?> EchoUri(Uri? value);

    Task<byte[]?> EchoBytes(byte[]? value);

    Task<Color?> EchoColor(Color? value);

    Task<Level?> EchoLevel(Level? value);

    Task<Offset?> EchoOffset(Offset? value);

    Task<Rights?> EchoRights(Rights? value);
}
