using Rpc.Runtime.Tests.Serialization;

namespace Rpc.Runtime.Tests.Transport;

public sealed class RouteRulesTests
{
    private static readonly RpcContract s_two = RpcContract<ISample>.Get();
    private static readonly RpcContract s_one = RpcContract<ISingle>.Get();

    [Theory]
    [InlineData(null)]
    [InlineData("q")]
    [InlineData("shop/orders.v1")]
    [InlineData("amq")]
    [InlineData("Amq.x")]
    public void Queue_IsTaken(string? queue) => RouteRules.Validate(s_two, queue, RpcWire.Standard);

    [Theory]
    [InlineData("", "1 to 255 bytes")]
    [InlineData("amq.gen-1", "belong to the broker")]
    public void Queue_that_cannot_be_IsRefusedByName(string queue, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => RouteRules.Validate(s_two, queue, null));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ISample), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_HasAtMost255BytesOfUtf8()
    {
        RouteRules.Validate(s_two, new string('ä', 127) + "q", null);
        Assert.Contains("256", Assert.Throws<ArgumentException>(() => RouteRules.Validate(s_two, new string('ä', 128), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_NeedsAContractOfOneMethod()
    {
        RouteRules.Validate(s_one, null, RpcWire.Bare);
        Assert.Contains("has 2", Assert.Throws<ArgumentException>(() => RouteRules.Validate(s_two, null, RpcWire.Bare)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wire_that_is_not_defined_IsRefused() =>
        Assert.Throws<ArgumentException>(() => RouteRules.Validate(s_one, null, (RpcWire)7));

    [Fact]
    public void Bare_arguments_ExistForOneParameterAtMost()
    {
        Assert.NotNull(RouteRules.BareOf(SingleRpc.Square));
        var two = new RpcMethod<int, int>("service", "Two");
        Assert.Contains("service/Two", Assert.Throws<NotSupportedException>(() => RouteRules.BareOf(two)).Message, StringComparison.Ordinal);
    }
}
