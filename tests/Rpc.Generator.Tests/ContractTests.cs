using System.Buffers;
using System.Text;
using System.Text.Json;
using Rpc.Generator.Tests.Contracts;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>What the generated contract tells the runtime.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Contract_lists_its_methods_in_the_order_of_the_interface_and_then_of_its_bases()
    {
        var contract = RpcContract<ICatalog>.Get();

        Assert.Equal("catalog", contract.Service);
        Assert.Equal(
            ["catalog/Clear", "catalog/Find", "catalog/Rename", "catalog/total", "catalog/Swap", "catalog/Count"],
            contract.Methods.Select(static method => method.Type));
    }

    [Fact]
    public void Attributes_reach_the_descriptors()
    {
        Assert.All(RpcContract<ICatalog>.Get().Methods, static method => Assert.Equal("catalog-requests", method.Queue));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), CatalogRpc.Sum.Timeout);
        Assert.Null(CatalogRpc.Find.Timeout);
        Assert.Equal(RpcWire.Standard, CatalogRpc.Find.Wire);
        Assert.Equal(RpcWire.Bare, SquaresRpc.Square.Wire);
        Assert.Equal("squares", SquaresRpc.Square.Queue);
    }

    [Fact]
    public void Default_names_are_the_interfaces_full_name_and_the_methods() =>
        Assert.Equal("Rpc.Generator.Tests.Contracts.ISquares/Square", SquaresRpc.Square.Type);

    [Fact]
    public void Only_a_contract_of_one_method_can_be_called_bare()
    {
        Assert.All(new object?[] { CatalogRpc.Clear.Bare, CatalogRpc.Find.Bare, CatalogRpc.Sum.Bare }, Assert.Null);

        var bare = SquaresRpc.Square.Bare!;
        var serializer = new JsonOnly(RoundTripTests.Options(RpcContract<ISquares>.Get()));
        var output = new ArrayBufferWriter<byte>();
        bare.Write(serializer, output, new SquaresRpc.SquareArgs(30));
        Assert.Equal("30", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(new SquaresRpc.SquareArgs(31), bare.Read(serializer, "31"u8.ToArray()));
    }

    /// <summary>Just enough of a serializer for one argument.</summary>
    private sealed class JsonOnly(JsonSerializerOptions options) : IRpcSerializer
    {
        public string ContentType => "application/json";

        public void Serialize<T>(IBufferWriter<byte> output, T value) =>
            output.Write(JsonSerializer.SerializeToUtf8Bytes(value, RpcJson.TypeInfo<T>(options)));

        public void SerializeDetail(IBufferWriter<byte> output, object value) => throw new NotSupportedException();

        public T Deserialize<T>(ReadOnlyMemory<byte> payload) => JsonSerializer.Deserialize(payload.Span, RpcJson.TypeInfo<T>(options))!;
    }
}
