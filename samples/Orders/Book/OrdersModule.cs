namespace Samples.Orders;

/// <summary>What the process <c>orders</c> consists of: a server whose handlers call the stock.</summary>
internal static class OrdersModule
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderBook>();
        builder.Services.AddRpcServer().AddService<IOrders, OrdersService>();
        builder.Services.AddRpcClient().AddContract<IStock>();
    }
}
