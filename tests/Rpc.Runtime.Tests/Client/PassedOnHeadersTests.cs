using Rpc.Runtime.Tests.Server;

namespace Rpc.Runtime.Tests.Client;

/// <summary>What a handler's own calls take over from the call that it serves.</summary>
public sealed class PassedOnHeadersTests
{
    [Theory]
    [InlineData("CC")]
    [InlineData("rpc-sent")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Name_that_no_header_can_have_IsRefusedWithTheOptions(string? name)
    {
        var options = new RpcClientOptions();
        options.PassedOnHeaders.Add(name!);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => ScriptedClient.StartAsync(options, ScriptedClient.Silence));
    }

    [Fact]
    public async Task Only_the_named_ones_ArePassedOn_AndTheCallsOwnCountMore()
    {
        await using var client = await StartAsync();
        await CallFromHandlerAsync(client, new() { ["tenant"] = "blue", ["locale"] = "de", ["secret"] = "x" }, new RpcHeaders { { "locale", "en" } });

        Assert.Equal([("locale", "en"), ("tenant", "blue")], client.Sent.Single().Headers!.Select(static header => (header.Key, header.Value)).Order());
    }

    [Fact]
    public async Task Call_from_outside_of_a_handler_TakesNothingOver()
    {
        await using var client = await StartAsync();
        await client.CallAsync().Soon();

        Assert.Null(client.Sent.Single().Headers);
    }

    [Fact]
    public async Task Headers_too_large_to_be_passed_on_AreAnOutcomeLikeAnyOther()
    {
        await using var client = await StartAsync();
        var failure = await CallFromHandlerAsync(client, new() { ["tenant"] = new string('x', 100_000) }, headers: null); // as only a foreign caller can send it

        Assert.Equal((RpcStatus.InvalidArgument, RpcReason.Arguments, false), failure is RpcException { } of ? (of.Status, of.Reason, of.MayHaveRun) : default);
        Assert.Empty(client.Sent);
        client.AssertEmpty();
    }

    private static Task<ScriptedClient> StartAsync()
    {
        var options = new RpcClientOptions();
        options.PassedOnHeaders.Add("tenant");
        options.PassedOnHeaders.Add("locale");
        return ScriptedClient.StartAsync(options, ScriptedClient.Result());
    }

    /// <summary>Serves a call with these headers, whose handler makes a call.</summary>
    /// <returns>What the handler's call failed with; <see langword="null"/> if it did not.</returns>
    private static async Task<Exception?> CallFromHandlerAsync(ScriptedClient client, Dictionary<string, string> served, RpcHeaders? headers)
    {
        Exception? failure = null;
        using var steps = new ServedSteps
        {
            OnRun = async n =>
            {
                failure = await Record.ExceptionAsync(() => client.CallAsync(options: new RpcCallOptions { Headers = headers }));
                return n;
            },
        };
        await steps.ServeAsync(ServedSteps.Properties("Plain") with { Headers = served });
        return failure;
    }
}
