namespace Rpc.Runtime.Tests.Wire;

/// <summary>Returns what it is given.</summary>
internal sealed class WireVectorService : IWireVectors
{
    public Task Ping() => Task.CompletedTask;

    public Task<long> Add(int left, long right) => Task.FromResult(left + right);

    public Task<string> Search(string? text, int page) => Task.FromResult($"{text ?? "everything"} on page {page}");

    public Task<bool> EchoBoolean(bool value) => Task.FromResult(value);

    public Task<long> EchoInt64(long value) => Task.FromResult(value);

    public Task<ulong> EchoUInt64(ulong value) => Task.FromResult(value);

    public Task<double> EchoDouble(double value) => Task.FromResult(value);

    public Task<float> EchoSingle(float value) => Task.FromResult(value);

    public Task<decimal> EchoDecimal(decimal value) => Task.FromResult(value);

    public Task<char> EchoChar(char value) => Task.FromResult(value);

    public Task<string?> EchoString(string? value) => Task.FromResult(value);

    public Task<Guid> EchoGuid(Guid value) => Task.FromResult(value);

    public Task<DateTime> EchoDateTime(DateTime value) => Task.FromResult(value);

    public Task<DateTimeOffset> EchoDateTimeOffset(DateTimeOffset value) => Task.FromResult(value);

    public Task<DateOnly> EchoDateOnly(DateOnly value) => Task.FromResult(value);

    public Task<TimeOnly> EchoTimeOnly(TimeOnly value) => Task.FromResult(value);

    public Task<TimeSpan> EchoTimeSpan(TimeSpan value) => Task.FromResult(value);

    public Task<Uri> EchoUri(Uri value) => Task.FromResult(value);

    public Task<byte[]?> EchoBytes(byte[]? value) => Task.FromResult(value);

    public Task<DayOfWeek> EchoEnum(DayOfWeek value) => Task.FromResult(value);

    public Task<int?> EchoNullable(int? value) => Task.FromResult(value);

    public Task<List<int?>> EchoList(List<int?> value) => Task.FromResult(value);

    public Task<Dictionary<string, double>> EchoDictionary(Dictionary<string, double> value) => Task.FromResult(value);

    public Task<Dictionary<DayOfWeek, Guid[]>> EchoEnumKeys(Dictionary<DayOfWeek, Guid[]> value) => Task.FromResult(value);

    public Task<(int Count, string? Name)> EchoTuple((int Count, string? Name) value) => Task.FromResult(value);

    public Task<long> Refuse(int order) => throw new RpcException(RpcStatus.NotFound, $"no order {order}");

    public Task<long> RefuseWithDetail(int order) => throw new RpcException(RpcStatus.FailedPrecondition, "the order is closed", new OrderDetail(order, ["open", "paid"]));

    internal sealed record OrderDetail(int Order, string[] Allowed);
}
