using System.Reflection;
using System.Text.Json;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>
/// Two versions of one contract: what one writes, the other reads. This is about bytes alone; that a whole call between two versions works is for a test
/// over <c>memory://</c>.
/// </summary>
public sealed class VersionTests
{
    private const string First = "Task Find(string shop, int page)";

    [Theory]
    [InlineData("Task Find(string shop, int page, CancellationToken cancellationToken = default)")]
    [InlineData("Task Find(CancellationToken token, string shop, int page)")]
    [InlineData("ValueTask<string> Find(string shop, int page)")]
    [InlineData("Task Find(string? shop, int page = 9)")]
    [InlineData("[RpcMethod(TimeoutMs = 5, Idempotent = true)] Task Find(string shop, int page)")]
    public void Change_that_other_programs_do_not_see(string second)
    {
        using var before = new Version(First);
        using var after = new Version(second);

        Assert.Equal("""{"shop":"main","page":3}""", before.Write("main", 3));
        Assert.Equal(before.Write("main", 3), after.Write("main", 3));
        Assert.Equal("Shop = main, Page = 3", after.Read(before.Write("main", 3)));
        Assert.Equal("Shop = main, Page = 3", before.Read(after.Write("main", 3)));
    }

    [Fact]
    public void Order_of_parameters_does_not_matter()
    {
        using var before = new Version(First);
        using var after = new Version("Task Find(int page, string shop)");

        Assert.Equal("Page = 3, Shop = main", after.Read(before.Write("main", 3)));
        Assert.Equal("Shop = main, Page = 3", before.Read(after.Write(3, "main")));
    }

    [Theory]
    [InlineData("int size = 50", "Size = 50")]
    [InlineData("string? text = \"a\"", "Text = a")]
    [InlineData("DayOfWeek? day = DayOfWeek.Friday", "Day = Friday")]
    [InlineData("DateTime from = default", "From = 01/01/0001 00:00:00")]
    [InlineData("params string[] tags", "Tags = ")]
    [InlineData("[System.Runtime.InteropServices.Optional] int size", "Size = 0")]
    [InlineData("[System.Runtime.InteropServices.Optional] string? text", "Text = null")]
    [InlineData("[System.Runtime.InteropServices.Optional, System.Runtime.InteropServices.DefaultParameterValue(7)] int size", "Size = 7")]
    public void Added_optional_parameter_is_the_contracts_default_for_older_callers(string parameter, string expected)
    {
        using var before = new Version(First);
        using var after = new Version($"Task Find(string shop, int page, {parameter})");

        Assert.Equal($"Shop = main, Page = 3, {expected}", after.Read(before.Write("main", 3)));
    }

    [Fact]
    public void Removed_parameter_is_ignored_when_older_callers_send_it()
    {
        using var before = new Version(First);
        using var after = new Version("Task Find(string shop)");

        Assert.Equal("Shop = main", after.Read(before.Write("main", 3)));
    }

    [Theory]
    [InlineData("Task Find(string shop, int page, int size)", "The argument 'size' is missing.")]
    [InlineData("Task Find(string shop, int page, int? size)", "The argument 'size' is missing.")]
    [InlineData("Task Find(string shop, int seite)", "The argument 'seite' is missing.")]
    [InlineData("Task Find(string shop, int Page)", "The argument 'Page' is missing.")]
    [InlineData("Task Find(int shop, int page)", "The argument 'shop' cannot be read: ")]
    [InlineData("Task Find(string shop, Guid page)", "The argument 'page' cannot be read: ")]
    [InlineData("Task Find(string shop, int[] page)", "The argument 'page' cannot be read: ")]
    [InlineData("Task Find(string shop, (int, int) page)", "The argument 'page' cannot be read: ")]
    public void Change_that_breaks_older_callers_names_the_argument(string second, string message)
    {
        using var before = new Version(First);
        using var after = new Version(second);

        var error = Assert.Throws<JsonException>(() => after.Read(before.Write("main", 3)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private sealed class Version(string method) : IDisposable
    {
        private readonly LoadedContracts _loaded = new(
            ContractCompiler.Generate(ContractCompiler.Usings + $"[RpcService] public interface IOrders {{ {method}; }}").AssertClean());

        private Type Arguments => _loaded.Type("OrdersRpc+FindArgs");

        private JsonSerializerOptions Options => RoundTripTests.Options(_loaded.Get("IOrders"));

        public string Write(params object[] values) => JsonSerializer.Serialize(Activator.CreateInstance(Arguments, values), Arguments, Options);

        public string Read(string json)
        {
            var value = JsonSerializer.Deserialize(json, Arguments, Options);
            var properties = Arguments.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => $"{property.Name} = {Show(property.GetValue(value))}");
            return string.Join(", ", properties);
        }

        public void Dispose() => _loaded.Dispose();

        private static string Show(object? value) => value switch
        {
            null => "null",
            string[] items => string.Join(" ", items),
            _ => FormattableString.Invariant($"{value}"),
        };
    }
}
