namespace Rpc.Contracts.Tests.Versions;

/// <summary>
/// Client and server have different versions of one contract, each compiled by itself, and call each other over <c>memory://</c>: what docs/contracts.md
/// says about changing a contract.
/// </summary>
public sealed class VersionToleranceTests
{
    [Theory]
    [InlineData("int size = 50", "size", "50")]
    [InlineData("string? text = null, int size = -1", "text, size", "null -1")]
    [InlineData("string text = \"any\"", "text", "any")]
    [InlineData("DayOfWeek? day = DayOfWeek.Friday", "day", "Friday")]
    [InlineData("double factor = 0.5, decimal price = 1.50m, char c = 'x', bool all = true", "factor, price, c, all", "0.5 1.50 x True")]
    [InlineData("DateTime from = default", "from.Ticks", "0")]
    [InlineData("params string[] tags", "tags", "[]")]
    [InlineData("int size = 7, CancellationToken token = default, params int[] more", "size, more", "7 []")]
    public async Task Added_optional_parameter_is_the_contracts_default_for_an_older_client(string added, string values, string expected)
    {
        using var client = new ContractVersion("string shop", arguments: "\"main\"");
        using var server = new ContractVersion($"string shop, {added}", $"shop, {values}");

        Assert.Equal($"main {expected}", await client.CallAsync(server));
    }

    [Theory]
    [InlineData("int size = 50", "\"main\"")]
    [InlineData("int size = 50", "\"main\", 7")]
    [InlineData("int[]? sizes = null, string? text = null", "\"main\", [1, 2], \"{}\"")]
    [InlineData("params List<(int, string)> pairs", "\"main\", (1, \"a\"), (2, \"]\")")]
    public async Task Added_parameter_is_ignored_by_an_older_server(string added, string arguments)
    {
        using var client = new ContractVersion($"string shop, {added}", arguments: arguments);
        using var server = new ContractVersion("string shop", "shop");

        Assert.Equal("main", await client.CallAsync(server));
    }

    [Theory]
    [InlineData("string shop", "string shop, CancellationToken token = default")]
    [InlineData("string shop, CancellationToken token = default", "string shop")]
    [InlineData("string shop, CancellationToken token = default", "string shop, CancellationToken other")]
    [InlineData("string shop", "CancellationToken token, string shop")]
    [InlineData("string shop, CancellationToken token = default", "string shop, int size = 5")]
    [InlineData("string shop", "string? shop")]
    public async Task Token_and_annotation_may_come_and_go(string older, string newer)
    {
        using var client = new ContractVersion(older, arguments: "\"main\"");
        using var server = new ContractVersion(newer, "shop");

        Assert.Equal("main", await client.CallAsync(server));
    }

    [Fact]
    public async Task Order_of_parameters_may_change()
    {
        using var client = new ContractVersion("string shop, int page, string text", arguments: "\"main\", 2, \"tea\"");
        using var server = new ContractVersion("string text, string shop, int page", "shop, page, text");

        Assert.Equal("main 2 tea", await client.CallAsync(server));
    }

    [Theory]
    [InlineData("record Query(string Text, int Page);", "new(\"tea\", 3)", "record Query(string Text);", "query.Text", "tea")]
    [InlineData("record Query(string Text);", "new(\"tea\")", "record Query(string Text, int Page = 1, string? Shop = null);", "query.Text, query.Page, query.Shop", "tea 1 null")]
    [InlineData("record Query(string Text);", "new(\"tea\")", "class Query { public string Text { get; set; } = \"\"; public int Page { get; set; } = 9; }", "query.Text, query.Page", "tea 9")]
    [InlineData("class Query { public string Text = \"\"; public (int, int) Range; }", "new() { Text = \"tea\", Range = (1, 2) }", "record Query(string Text);", "query.Text", "tea")]
    public async Task Members_of_a_payload_may_come_and_go(string older, string value, string newer, string values, string expected)
    {
        using var client = new ContractVersion("Query query", arguments: value, types: $"public sealed {older}");
        using var server = new ContractVersion("Query query", values, types: $"public sealed {newer}");

        Assert.Equal(expected, await client.CallAsync(server));
    }

    [Theory]
    [InlineData("record Order(int Id, string Note);", "new Order(1, \"new\")", "record Order(int Id);", "Order { Id = 1 }")]
    [InlineData("record Order(int Id);", "new Order(1)", "record Order(int Id, string Note = \"none\");", "Order { Id = 1, Note = none }")]
    public async Task Members_of_a_result_may_come_and_go(string served, string value, string known, string expected)
    {
        using var client = ContractVersion.Of("Task<Order> Find();", call: "Find()", types: $"public sealed {known}");
        using var server = ContractVersion.Of("Task<Order> Find();", $"public Task<Order> Find() => Task.FromResult({value});", types: $"public sealed {served}");

        Assert.Equal(expected, await client.CallAsync(server));
    }

    [Fact]
    public async Task Task_and_value_task_are_the_same()
    {
        using var client = ContractVersion.Of("ValueTask<int> Find(int id);", call: "Find(4)");
        using var server = ContractVersion.Of("Task<int> Find(int id);", "public Task<int> Find(int id) => Task.FromResult(id * 2);");

        Assert.Equal("8", await client.CallAsync(server));
    }

    [Theory]
    [InlineData("string shop", "\"main\"", "string shop, int size", "shop, size", "The argument 'size' is missing.")]
    [InlineData("string shop", "\"main\"", "string shop, int? size", "shop, size", "The argument 'size' is missing.")]
    [InlineData("string shop", "\"main\"", "string Shop", "Shop", "The argument 'Shop' is missing.")]
    [InlineData("string? shop", "null", "string shop", "shop", "The argument 'shop' must not be null.")]
    [InlineData("int? id", "null", "[System.Diagnostics.CodeAnalysis.DisallowNull] int? id", "id", "The argument 'id' must not be null.")]
    [InlineData("string shop", "\"main\"", "int shop", "shop", "The argument 'shop' cannot be read: ")]
    public async Task Missing_or_unfit_argument_is_refused_by_name(string older, string arguments, string newer, string values, string message)
    {
        using var client = new ContractVersion(older, arguments: arguments);
        using var server = new ContractVersion(newer, values);

        await AssertRefusedAsync(client, server, message);
    }

    [Fact]
    public async Task Missing_required_member_of_a_payload_is_refused_by_name()
    {
        using var client = new ContractVersion("Query query", arguments: "new(\"tea\")", types: "public sealed record Query(string Text);");
        using var server = new ContractVersion(
            "Query query", "query.Page", types: "public sealed class Query { public required string Text { get; init; } public required int Page { get; init; } }");

        await AssertRefusedAsync(client, server, "The argument 'query' cannot be read: ", "'Page'");
    }

    [Fact]
    public async Task Method_that_an_older_server_does_not_know_did_not_run()
    {
        using var client = ContractVersion.Of("Task<int> Count();", call: "Count()");
        using var server = new ContractVersion("string shop", "shop");

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.CallAsync(server));

        Assert.Equal((RpcStatus.Unimplemented, RpcReason.UnknownMethod, false), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Contains("'Count'", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(ContractVersion client, ContractVersion server, params string[] texts)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.CallAsync(server));

        Assert.Equal((RpcStatus.InvalidArgument, RpcReason.BadRequest, false), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.All(texts, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("..", failure.Message, StringComparison.Ordinal);
    }
}
