namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="INullables"/>.</summary>
public sealed class NullablesService : EchoService, INullables
{
    public Task<sbyte?> EchoSByte(sbyte? value) => Echo(value);

    public Task<byte?> EchoByte(byte? value) => Echo(value);

    public Task<short?> EchoShort(short? value) => Echo(value);

    public Task<ushort?> EchoUShort(ushort? value) => Echo(value);

    public Task<int?> EchoInt(int? value) => Echo(value);

    public Task<uint?> EchoUInt(uint? value) => Echo(value);

    public Task<long?> EchoLong(long? value) => Echo(value);

    public Task<ulong?> EchoULong(ulong? value) => Echo(value);

    public Task<bool?> EchoBool(bool? value) => Echo(value);

    public Task<float?> EchoFloat(float? value) => Echo(value);

    public Task<double?> EchoDouble(double? value) => Echo(value);

    public Task<decimal?> EchoDecimal(decimal? value) => Echo(value);

    public Task<string?> EchoText(string? value) => Echo(value);

    public Task<char?> EchoChar(char? value) => Echo(value);

    public Task<Guid?> EchoGuid(Guid? value) => Echo(value);

    public Task<DateTime?> EchoDateTime(DateTime? value) => Echo(value);

    public Task<DateTimeOffset?> EchoInstant(DateTimeOffset? value) => Echo(value);

    public Task<DateOnly?> EchoDate(DateOnly? value) => Echo(value);

    public Task<TimeOnly?> EchoTime(TimeOnly? value) => Echo(value);

    public Task<TimeSpan?> EchoSpan(TimeSpan? value) => Echo(value);

    public Task<Uri?> EchoUri(Uri? value) => Echo(value);

    public Task<byte[]?> EchoBytes(byte[]? value) => Echo(value);

    public Task<Color?> EchoColor(Color? value) => Echo(value);

    public Task<Level?> EchoLevel(Level? value) => Echo(value);

    public Task<Offset?> EchoOffset(Offset? value) => Echo(value);

    public Task<Rights?> EchoRights(Rights? value) => Echo(value);
}
