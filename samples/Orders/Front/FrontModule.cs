using Rpc;

namespace Samples.Orders;

/// <summary>What the process <c>front</c> consists of: HTTP outside, calls inside. It knows contracts, and no service.</summary>
internal static class FrontModule
{
    public static void AddFront(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<RpcProblems>();
        builder.Services.AddHealthChecks().AddRpcClient();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRpcClient().AddContract<IOrders>().AddFilter<SendRequestId>();
    }

    public static void MapFront(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.MapHealthChecks("/health");

        // Everything that can go wrong with a call is an exception, which RpcProblems turns into a response. So an endpoint is just the call.
        app.MapPut("/orders/{id}", static (string id, PlaceOrder order, IOrders orders, CancellationToken cancellationToken) =>
            orders.Place(id, order.Customer, order.Lines, cancellationToken));
        app.MapGet("/orders/{id}", static (string id, IOrders orders, CancellationToken cancellationToken) => orders.Find(id, cancellationToken));
        app.MapGet("/inventories", static (IOrders orders, CancellationToken cancellationToken) => orders.Inventories(cancellationToken));

        // The token fires when the client hangs up. The timeout is the caller's; without one it is the client's, 30 s.
        app.MapPost("/inventories", static (int? timeoutMs, IOrders orders, CancellationToken cancellationToken) => orders
            .With(new RpcCallOptions { Timeout = timeoutMs is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Max(milliseconds, 1)) : null })
            .Inventory(cancellationToken));
    }
}
