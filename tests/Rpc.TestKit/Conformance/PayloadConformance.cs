using System.Text.Json;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Payload types that users declare, there and back, with reflection and without.</summary>
public abstract class PayloadConformance(IConformanceBroker broker) : RoundTripTest<IPayloads>(broker)
{
    private static readonly Order s_order = new(7, "Ærø \"Ltd\" 😀", 12.50m, new Point(1.5, -0.5)) { Day = new DateOnly(2024, 2, 29) };
    private static readonly Order s_bare = new(0, "", 0, null);

    [Fact]
    public async Task Records_come_back()
    {
        await StartAsync(new PayloadsService());
        await SameAsync<Order>(Echo.EchoOrder, s_order, s_bare);
        await SameAsync<Order?>(Echo.EchoMissingOrder, s_order, null);
        await SameAsync<List<Order>>(Echo.EchoOrders, [], [s_order, s_bare]);
        await SameAsync<Dictionary<string, Order>>(Echo.EchoOrdersByName, [], new Dictionary<string, Order> { [""] = s_order, ["b"] = s_bare });
        await SameAsync<Point>(Echo.EchoPoint, default, new Point(double.MinValue, double.Epsilon));
    }

    [Fact]
    public async Task Classes_come_back()
    {
        await StartAsync(new PayloadsService());
        await SameAsync<Basket>(
            static (one, other) => Assert.Equivalent(one, other, strict: true),
            Echo.EchoBasket,
            new Basket(),
            new Basket { Owner = "me", Orders = [s_order], Colors = new Dictionary<Color, int> { [Color.Green] = 3 } });
    }

    [Fact]
    public async Task Tuples_come_back()
    {
        await StartAsync(new PayloadsService());
        await SameAsync<(int Number, string? Text)>(Echo.EchoPair, (1, "one"), (0, null));
        await SameAsync<(Order Order, (bool, double[]) Inner)?>(
            static (one, other) =>
            {
                Assert.Equal((one?.Order, one?.Inner.Item1), (other?.Order, other?.Inner.Item1));
                Assert.Equal(one?.Inner.Item2, other?.Inner.Item2);
            },
            Echo.EchoNested,
            null,
            (s_order, (true, [])),
            (s_bare, (false, [0.5, 1])));
    }

    [Fact]
    public async Task User_context_writes_and_reads_the_types_it_knows()
    {
        var (atServer, atClient) = (new AskedContext(OrderContext.Default), new AskedContext(OrderContext.Default));
        await StartAsync(
            new PayloadsService(), new RpcServerOptions { JsonContexts = { atServer } }, new RpcClientOptions { JsonContexts = { atClient } });

        await SameAsync<Order>(Echo.EchoOrder, s_order, s_bare);
        await SameAsync<List<Order>>(Echo.EchoOrders, [s_order, s_bare]);

        Assert.Contains(typeof(Order), atServer.Answered);
        Assert.Contains(typeof(Order), atClient.Answered);
    }

    [Fact]
    public async Task Json_options_name_members_and_leave_argument_names_alone()
    {
        const string Order = """{"number":7,"customer":"c","total":1.5,"target":null,"day":"2024-02-29"}""";
        await StartAsync(new PayloadsService(), new RpcServerOptions { Json = new JsonSerializerOptions(JsonSerializerDefaults.Web) });
        var raw = await RawAsync();

        var reply = await raw.CallAsync(Queue, new RawEnvelope($$"""{"value":{{Order}}}""")
        {
            Type = "Rpc.TestKit.Contracts.IPayloads/EchoOrder",
            ContentType = "application/json",
        });

        Assert.Equal(("application/json", Order), (reply.ContentType, reply.Text));
    }
}
