namespace Rpc.TestKit.Contracts;

/// <summary>A method for each kind of payload that a user declares, and for tuples.</summary>
[RpcService]
public interface IPayloads
{
    Task<Order> EchoOrder(Order value);

    Task<Order?> EchoMissingOrder(Order? value);

    Task<List<Order>> EchoOrders(List<Order> value);

    Task<Dictionary<string, Order>> EchoOrdersByName(Dictionary<string, Order> value);

    Task<Basket> EchoBasket(Basket value);

    Task<Point> EchoPoint(Point value);

    Task<(int Number, string? Text)> EchoPair((int Number, string? Text) value);

    Task<(Order Order, (bool, double[]) Inner)?> EchoNested((Order Order, (bool, double[]) Inner)? value);

    Task<Loop?> EchoLoop(Loop? value);
}
