using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A contract whose base is a contract too: each keeps its own queue, and who serves the one serves both.</summary>
public abstract class BaseContractConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Server_of_the_derived_contract_serves_the_base_and_a_client_calls_both_through_one_proxy()
    {
        Keep(await RpcServer.StartAsync(Address, services => services.Add<IAdder>(new AdderService("both"))));
        var client = await ConnectAsync();
        var adder = client.Create<IAdder>();

        Assert.Equal(5, await adder.Add(2, 3).WithinDeadlineAsync());
        Assert.Equal("both", await adder.Name().WithinDeadlineAsync());
        Assert.Equal("both", await client.Create<INamed>().Name().WithinDeadlineAsync());
        Assert.Equal("both", await adder.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(20) }).Name().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Base_with_an_object_of_its_own_is_served_by_that_object()
    {
        Keep(await RpcServer.StartAsync(
            Address, services => services.Add<INamed>(new AdderService("base")).Add<IAdder>(new AdderService("derived"))));
        var client = await ConnectAsync();

        Assert.Equal("base", await client.Create<IAdder>().Name().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Base_that_is_added_after_the_derived_contract_is_an_error_that_says_so()
    {
        var twice = await Assert.ThrowsAsync<ArgumentException>(() => RpcServer.StartAsync(
            Address, services => services.Add<IAdder>(new AdderService("derived")).Add<INamed>(new AdderService("base"))));

        Assert.Contains(nameof(INamed), twice.Message, StringComparison.Ordinal);
        Assert.Contains("served already", twice.Message, StringComparison.Ordinal);
    }
}
