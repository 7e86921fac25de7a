using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Conformance;

/// <summary>Serves <see cref="IPayloads"/> as usual, but for one result that cannot be written.</summary>
internal sealed class EndlessPayloads : EchoService, IPayloads
{
    public Task<Order> EchoOrder(Order value) => Echo(value);

    public Task<Order?> EchoMissingOrder(Order? value) => Echo(value);

    public Task<List<Order>> EchoOrders(List<Order> value) => Echo(value);

    public Task<Dictionary<string, Order>> EchoOrdersByName(Dictionary<string, Order> value) => Echo(value);

    public Task<Basket> EchoBasket(Basket value) => Echo(value);

    public Task<Point> EchoPoint(Point value) => Echo(value);

    public Task<(int Number, string? Text)> EchoPair((int Number, string? Text) value) => Echo(value);

    public Task<(Order Order, (bool, double[]) Inner)?> EchoNested((Order Order, (bool, double[]) Inner)? value) => Echo(value);

    public Task<Loop?> EchoLoop(Loop? value) => Task.FromResult<Loop?>(Loop.Endless());
}
