namespace Rpc.Runtime.Tests.Wire;

/// <summary>The contract of the test vectors in docs/wire-format.md: a method for each kind of value.</summary>
[RpcService("wire.Vectors")]
public interface IWireVectors
{
    Task Ping();

    Task<long> Add(int left, long right = -1);

    Task<string> Search(string? text, int page = 1);

    Task<bool> EchoBoolean(bool value);

    Task<long> EchoInt64(long value);

    Task<ulong> EchoUInt64(ulong value);

    Task<double> EchoDouble(double value);

    Task<float> EchoSingle(float value);

    Task<decimal> EchoDecimal(decimal value);

    Task<char> EchoChar(char value);

    Task<string?> EchoString(string? value);

    Task<Guid> EchoGuid(Guid value);

    Task<DateTime> EchoDateTime(DateTime value);

    Task<DateTimeOffset> EchoDateTimeOffset(DateTimeOffset value);

    Task<DateOnly> EchoDateOnly(DateOnly value);

    Task<TimeOnly> EchoTimeOnly(TimeOnly value);

    Task<TimeSpan> EchoTimeSpan(TimeSpan value);

    Task<Uri> EchoUri(Uri value);

    Task<byte[]?> EchoBytes(byte[]? value);

    Task<DayOfWeek> EchoEnum(DayOfWeek value);

    Task<int?> EchoNullable(int? value);

    Task<List<int?>> EchoList(List<int?> value);

    Task<Dictionary<string, double>> EchoDictionary(Dictionary<string, double> value);

    Task<Dictionary<DayOfWeek, Guid[]>> EchoEnumKeys(Dictionary<DayOfWeek, Guid[]> value);

    Task<(int Count, string? Name)> EchoTuple((int Count, string? Name) value);

    Task<long> Refuse(int order);

    Task<long> RefuseWithDetail(int order);
}
