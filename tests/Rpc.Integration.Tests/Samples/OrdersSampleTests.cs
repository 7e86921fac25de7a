using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Samples;

public sealed class OrdersSampleTests(BrokerFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_command_shows_orders_refusals_deadlines_and_cancellation(bool overBroker)
    {
        var run = await OrdersProgram.RunAsync(overBroker ? ["--broker", await fixture.GetAmqpUriAsync()] : []);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines) + run.Errors);
        Assert.Equal("Everything as expected.", run.Lines[^1]);
        Assert.Contains(run.Lines, static line => line.Contains("-> 409 ", StringComparison.Ordinal)
            && line.Contains("\"missing\":[{\"article\":\"desk\",\"wanted\":3,\"left\":2}]", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.Contains("-> 504 ", StringComparison.Ordinal) && line.Contains("DeadlineExceeded", StringComparison.Ordinal));
        Assert.Contains("A client that hangs up: POST /inventories -> the service was told and has stopped: True", run.Lines);

        // The calls inside end with the one around them, and the id of the HTTP request comes through to the second service.
        Assert.Contains("Counting of lamp was given up", run.Errors, StringComparison.Ordinal);
        Assert.Matches("shop\\.stock/Reserve: FailedPrecondition after .* for request [^ \\n]", run.Errors);
        Assert.Contains(run.Lines, static line => line.StartsWith("span ", StringComparison.Ordinal) && line.Contains("PUT /orders/{id}", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.StartsWith("metric ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_processes_make_one_shop()
    {
        var uri = await fixture.GetAmqpUriAsync();
        await using var stock = await OrdersProgram.StartAsync("stock", "--broker", uri);
        await using var orders = await OrdersProgram.StartAsync("orders", "--broker", uri);
        await using var front = await OrdersProgram.StartAsync("front", "--broker", uri, "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = OrdersProgram.AddressOf(front) };

        using var placed = await http.PutAsJsonAsync(new Uri("/orders/7", UriKind.Relative), Order("lamp", 2));
        using var refused = await http.PutAsJsonAsync(new Uri("/orders/8", UriKind.Relative), Order("desk", 3));
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.OK, placed.StatusCode);
        Assert.Equal(79.80m, JsonNode.Parse(await placed.Content.ReadAsStringAsync())!["total"]!.GetValue<decimal>());
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(("FailedPrecondition", true), (problem["title"]!.GetValue<string>(), problem["mayHaveRun"]!.GetValue<bool>()));
        await ShowsAsync(http, "/orders/7", static order => order["shipped"]!.GetValue<bool>());

        using var hangUp = new CancellationTokenSource();
        var abandoned = http.PostAsync(new Uri("/inventories", UriKind.Relative), content: null, hangUp.Token);
        await ShowsAsync(http, "/inventories", static counts => counts["running"]!.GetValue<int>() == 1);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        await ShowsAsync(http, "/inventories", static counts => counts["givenUp"]!.GetValue<int>() == 1);
        await Eventually.IsTrueAsync(() => stock.Errors.Contains("Counting of lamp was given up", StringComparison.Ordinal), "the inner call is given up, too");

        foreach (var process in new[] { front, orders, stock })
            Assert.Equal(0, (await process.StopAsync()).ExitCode);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("stock")]
    [InlineData("front", "--broker", "memory://orders")]
    [InlineData("--broker", "http://localhost")]
    [InlineData("stock", "--broker", "amqp://guest:topsecret@127.0.0.1:1")]
    [InlineData("front", "--broker", "amqp://guest:topsecret@127.0.0.1:1", "--urls", "http://127.0.0.1:0")]
    public async Task Whatever_is_wrong_is_one_readable_line_and_a_failure(params string[] arguments)
    {
        var run = await OrdersProgram.RunAsync(arguments);

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("orders: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", run.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private static object Order(string article, int quantity) => new { customer = "Ada", lines = new[] { new { article, quantity } } };

    // Asks again until it is so.
    private static async Task ShowsAsync(HttpClient http, string path, Predicate<JsonNode> isSo)
    {
        var shown = "nothing";
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline;)
        {
            shown = await http.GetStringAsync(new Uri(path, UriKind.Relative));
            if (isSo(JsonNode.Parse(shown)!))
            {
                return;
            }
        }

        Assert.Fail($"{path} still shows {shown}");
    }
}
