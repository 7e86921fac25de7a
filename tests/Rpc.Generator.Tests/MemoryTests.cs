using Rpc.Generator.Tests.Contracts;

namespace Rpc.Generator.Tests;

/// <summary>Generated code under the real runtime, over the broker in this process.</summary>
public sealed class MemoryTests
{
    [Fact]
    public async Task Derived_contract_is_served_and_called_with_all_its_bases()
    {
        var broker = $"memory://{Guid.NewGuid():N}";
        var service = new Archive();
        await using var server = await RpcServer.StartAsync(broker, services => services.Add<IWholeArchive>(service));
        await using var client = await RpcClient.ConnectAsync(broker);

        var archive = client.Create<IWholeArchive>().With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(20) });
        var asBase = ((IReadArchive)archive).With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(10) });

        Assert.Equal("put a", await archive.Put("a"));
        Assert.Equal("own find 1", await archive.Find(1));
        Assert.Equal("base find 2", await asBase.Find(2));
        Assert.Equal(2, await asBase.Count("x", "y"));
        Assert.Equal("base find 3", await client.Create<IReadArchive>().Find(3));
        await archive.Audit("line");
        Assert.Equal("line", await service.Audited.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
