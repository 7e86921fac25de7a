namespace Samples.Orders;

/// <summary>What the process <c>stock</c> consists of: a server, and nothing that calls.</summary>
internal static class StockModule
{
    public static void AddStock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Shelves>();
        builder.Services.AddRpcServer().AddService<IStock, StockService>();
    }
}
