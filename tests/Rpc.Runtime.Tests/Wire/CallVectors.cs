using System.Globalization;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>The one list of calls: in docs/wire-format.md stand the same, and a test compares the two.</summary>
internal static class CallVectors
{
    private static readonly Guid s_guid = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly TimeSpan s_span = new(1, 2, 3, 4, 500);

    public static IReadOnlyList<CallVector> All { get; } =
    [
        new("Ping", "", "{}", "") { CallAsync = static async to => { await to.Ping(); return null; }, Result = null },
        Of("Add", "2, 40", "{\"left\":2,\"right\":40}", "42", static to => to.Add(2, 40), 42L),
        Of("Search", "null, 7", "{\"text\":null,\"page\":7}", "\"everything on page 7\"", static to => to.Search(null, 7), "everything on page 7"),
        Echo("EchoBoolean", "true", "true", static (to, value) => to.EchoBoolean(value), true),
        Echo("EchoInt64", "the smallest", "-9223372036854775808", static (to, value) => to.EchoInt64(value), long.MinValue),
        Echo("EchoUInt64", "the largest", "18446744073709551615", static (to, value) => to.EchoUInt64(value), ulong.MaxValue),
        Echo("EchoDouble", "0.1", "0.1", static (to, value) => to.EchoDouble(value), 0.1),
        Echo("EchoDouble", "-0.0", "-0", static (to, value) => to.EchoDouble(value), -0.0),
        Echo("EchoDouble", "1e300", "1E+300", static (to, value) => to.EchoDouble(value), 1e300),
        Echo("EchoDouble", "not a number", "\"NaN\"", static (to, value) => to.EchoDouble(value), double.NaN),
        Echo("EchoDouble", "infinity", "\"Infinity\"", static (to, value) => to.EchoDouble(value), double.PositiveInfinity),
        Echo("EchoSingle", "minus infinity", "\"-Infinity\"", static (to, value) => to.EchoSingle(value), float.NegativeInfinity),
        Echo("EchoDecimal", "1.10", "1.10", static (to, value) => to.EchoDecimal(value), 1.10m),
        Echo("EchoChar", "a quote", "\"\\\"\"", static (to, value) => to.EchoChar(value), '"'),
        Echo<string?>("EchoString", "the empty string", "\"\"", static (to, value) => to.EchoString(value), ""),
        Echo<string?>("EchoString", "null", "null", static (to, value) => to.EchoString(value), null),
        Echo<string?>("EchoString", "ä € < ' + /", "\"ä € < ' + /\"", static (to, value) => to.EchoString(value), "ä € < ' + /"),
        Echo<string?>("EchoString", "quote, backslash, line feed, U+0001, U+1F600", "\"\\\" \\\\ \\n \\u0001 \\uD83D\\uDE00\"", static (to, value) => to.EchoString(value), "\" \\ \n \u0001 😀"),
        Echo("EchoGuid", "", "\"00112233-4455-6677-8899-aabbccddeeff\"", static (to, value) => to.EchoGuid(value), s_guid),
        Echo("EchoDateTime", "UTC", "\"2024-02-29T12:34:56.789Z\"", static (to, value) => to.EchoDateTime(value), new DateTime(2024, 2, 29, 12, 34, 56, 789, DateTimeKind.Utc)),
        Echo("EchoDateTime", "no zone", "\"2024-02-29T00:00:00\"", static (to, value) => to.EchoDateTime(value), new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified)),
        Echo("EchoDateTimeOffset", "", "\"2024-02-29T12:34:56.1234567+05:30\"", static (to, value) => to.EchoDateTimeOffset(value), DateTimeOffset.Parse("2024-02-29T12:34:56.1234567+05:30", CultureInfo.InvariantCulture)),
        Echo("EchoDateOnly", "", "\"2024-02-29\"", static (to, value) => to.EchoDateOnly(value), new DateOnly(2024, 2, 29)),
        Echo("EchoTimeOnly", "", "\"23:59:59.5000000\"", static (to, value) => to.EchoTimeOnly(value), new TimeOnly(23, 59, 59, 500)),
        Echo("EchoTimeSpan", "1 day, 2 hours, 3 minutes, 4.5 seconds", "\"1.02:03:04.5000000\"", static (to, value) => to.EchoTimeSpan(value), s_span),
        Echo("EchoTimeSpan", "minus 1 second", "\"-00:00:01\"", static (to, value) => to.EchoTimeSpan(value), TimeSpan.FromSeconds(-1)),
        Echo("EchoUri", "", "\"https://example.org/a?b=c#d\"", static (to, value) => to.EchoUri(value), new Uri("https://example.org/a?b=c#d")),
        Echo<byte[]?>("EchoBytes", "the bytes 0, 251, 255", "\"APv/\"", static (to, value) => to.EchoBytes(value), new byte[] { 0, 251, 255 }),
        Echo<byte[]?>("EchoBytes", "no bytes", "\"\"", static (to, value) => to.EchoBytes(value), Array.Empty<byte>()),
        Echo("EchoEnum", "Wednesday", "3", static (to, value) => to.EchoEnum(value), DayOfWeek.Wednesday),
        Echo("EchoNullable", "null", "null", static (to, value) => to.EchoNullable(value), (int?)null),
        Echo("EchoList", "1, null, 3", "[1,null,3]", static (to, value) => to.EchoList(value), new List<int?> { 1, null, 3 }),
        Echo("EchoDictionary", "Pi is 3.14, e is not a number", "{\"Pi\":3.14,\"e\":\"NaN\"}", static (to, value) => to.EchoDictionary(value), new Dictionary<string, double> { ["Pi"] = 3.14, ["e"] = double.NaN }),
        Echo("EchoEnumKeys", "Friday has one", "{\"Friday\":[\"00112233-4455-6677-8899-aabbccddeeff\"]}", static (to, value) => to.EchoEnumKeys(value), new Dictionary<DayOfWeek, Guid[]> { [DayOfWeek.Friday] = [s_guid] }),
        Echo("EchoTuple", "1 and null", "{\"Item1\":1,\"Item2\":null}", static (to, value) => to.EchoTuple(value), (1, (string?)null)),
    ];

    private static CallVector Of<T>(string method, string arguments, string request, string reply, Func<IWireVectors, Task<T>> call, T result) =>
        new(method, arguments, request, reply) { CallAsync = async to => await call(to), Result = result };

    private static CallVector Echo<T>(string method, string argument, string json, Func<IWireVectors, T, Task<T>> call, T value) =>
        Of(method, argument, "{\"value\":" + json + "}", json, to => call(to, value), value);
}
