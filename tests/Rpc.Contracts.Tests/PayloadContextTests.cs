using System.Text.Json.Serialization;
using Library;

namespace Rpc.Contracts.Tests;

/// <summary>Payload types through a user's context, as in a program without reflection.</summary>
public sealed partial class PayloadContextTests
{
    [Fact]
    public async Task Fields_and_tuples_inside_payloads_travel_through_a_context()
    {
        await using var server = await RpcServer.StartAsync(
            "memory://payload-contexts", services => services.Add<ILabelled>(new Labels()), new RpcServerOptions { JsonContexts = { PayloadJson.Default } });
        await using var client = await RpcClient.ConnectAsync("memory://payload-contexts", new RpcClientOptions { JsonContexts = { PayloadJson.Default } });

        var label = await client.Create<ILabelled>().Label(new global::Payloads.Fields
        {
            Count = 3, Text = "text", Pair = (4, new global::Payloads.Size(5, 6)), Pairs = [("a", 0.5), null],
        });

        Assert.Equal(new("3 text (4, Size { Width = 5, Height = 6 }) (a, 0.5) ", (3, "text")), label);
    }

    private sealed class Labels : ILabelled
    {
        public Task<global::Payloads.Pair<string, (int, string?)>> Label(global::Payloads.Fields fields) => Task.FromResult(new global::Payloads.Pair<string, (int, string?)>(
            FormattableString.Invariant($"{fields.Count} {fields.Text} {fields.Pair} {string.Join(" ", fields.Pairs!)}"), (fields.Count, fields.Text)));
    }

    [JsonSerializable(typeof(global::Payloads.Fields))]
    [JsonSerializable(typeof(global::Payloads.Pair<string, (int, string?)>))]
    private sealed partial class PayloadJson : JsonSerializerContext;
}
