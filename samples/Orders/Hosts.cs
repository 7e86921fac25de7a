namespace Samples.Orders;

/// <summary>Builds the host of a process from its parts. All of them use the one connection string.</summary>
internal static class Hosts
{
    public static IHost Create(Parts parts, string broker, string urls)
    {
        if (!parts.HasFlag(Parts.Front))
        {
            var worker = Host.CreateApplicationBuilder();
            Add(worker, parts, broker);
            return worker.Build();
        }

        var web = WebApplication.CreateBuilder();
        web.WebHost.UseUrls(urls);
        Add(web, parts, broker);
        web.AddFront();
        var app = web.Build();
        app.MapFront();
        return app;
    }

    private static void Add(IHostApplicationBuilder builder, Parts parts, string broker)
    {
        builder.Configuration["ConnectionStrings:rabbitmq"] = broker;
        builder.AddTelemetry();
        if (parts.HasFlag(Parts.Orders))
            builder.AddOrders();
        if (parts.HasFlag(Parts.Stock))
            builder.AddStock();
        if ((parts & (Parts.Orders | Parts.Stock)) != 0)
            builder.Services.AddRpcServer().AddFilter<CallLog>();

        // Whose call it is is passed on to the calls inside it.
        if ((parts & (Parts.Front | Parts.Orders)) != 0)
            builder.Services.AddRpcClient(static options => options.PassedOnHeaders.Add(SendRequestId.Header));
    }
}
