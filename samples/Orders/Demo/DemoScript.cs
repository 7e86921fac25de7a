namespace Samples.Orders;

/// <summary>What the demonstration does: one request for each thing worth seeing.</summary>
internal static class DemoScript
{
    public static async Task<bool> RunAsync(Uri address, TextWriter output)
    {
        using var http = new HttpClient { BaseAddress = address };
        var shop = new Shop(http, output);
        var id = $"order-{Guid.NewGuid():N}"[..14];
        var lamps = new PlaceOrder("Ada", [new OrderLine("lamp", 2), new OrderLine("chair", 1)]);

        await shop.SendAsync("An order, with a nested call to the stock", 200, HttpMethod.Put, $"/orders/{id}", lamps);
        await shop.SendAsync("The same again, which changes nothing", 200, HttpMethod.Put, $"/orders/{id}", lamps);
        await shop.SendAsync("Another order with the same id", 409, HttpMethod.Put, $"/orders/{id}", lamps with { Customer = "Grace" });
        await shop.SendAsync("More than there is: a refusal with a detail", 409, HttpMethod.Put, $"/orders/{id}-b", new PlaceOrder("Ada", [new OrderLine("desk", 3)]));
        await shop.SendAsync("An article that nobody knows", 400, HttpMethod.Put, $"/orders/{id}-c", new PlaceOrder("Ada", [new OrderLine("boat", 1)]));
        await shop.SendAsync("An order that there is", 200, HttpMethod.Get, $"/orders/{id}");
        await shop.SendAsync("One that there is not", 404, HttpMethod.Get, $"/orders/{id}-d");
        await shop.SendAsync("A deadline that is too short", 504, HttpMethod.Post, "/inventories?timeoutMs=500");
        await shop.HangUpAsync("A client that hangs up", HttpMethod.Post, "/inventories");
        await shop.SendAsync("The same with patience", 200, HttpMethod.Post, "/inventories");
        await shop.SendAsync("What became of them", 200, HttpMethod.Get, "/inventories");
        await shop.SendAsync("Health", 200, HttpMethod.Get, "/health");
        return shop.AllAsExpected;
    }
}
