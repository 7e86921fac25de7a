using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Names of types in what others send: none of them is ever loaded, whoever sends it. What is read is what the reader's own code names.</summary>
public abstract class UnknownTypeConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const string TypeName = "System.Diagnostics.Process, System.Diagnostics.Process";

    [Fact]
    public async Task Detail_is_read_as_what_the_caller_names()
    {
        var (raw, reader) = await ServeByHandAsync();
        var call = (await ConnectAsync<ITrial>()).Run("q");
        await raw.ReplyAsync(
            await reader.NextAsync(),
            $$"""
            {"status":"NotFound","mayHaveRun":true,"message":"m","$type":"{{TypeName}}","type":"{{TypeName}}","exception":"{{TypeName}}",
             "detail":{"$type":"{{TypeName}}","X":1,"Y":2} }
            """,
            RawEnvelope.FaultContentType);

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        Assert.Equal(new Point(1, 2), failure.GetDetail<Point>());
        Assert.Equal("System.Text.Json.JsonElement", failure.GetDetail<object>()!.GetType().FullName);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task Result_is_read_as_what_the_contract_names()
    {
        var (raw, reader) = await ServeByHandAsync();
        var call = (await ConnectAsync<IPayloads>()).EchoPoint(new Point(3, 4));
        await raw.ReplyAsync(await reader.NextAsync(), $$"""{"$type":"{{TypeName}}","X":1,"Y":2}""", "application/json");

        Assert.Equal(new Point(1, 2), await call.WithinDeadlineAsync());
    }

    [Theory]
    [InlineData("99", "99")]
    [InlineData("Exploded", "Because")]
    [InlineData("Ok", "None")]
    public async Task Words_for_status_and_reason_that_nobody_knows_end_the_call_all_the_same(string status, string reason)
    {
        var (raw, reader) = await ServeByHandAsync();
        var client = await ConnectAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await raw.ReplyAsync(
            await reader.NextAsync(), $$"""{"status":"{{status}}","reason":"{{reason}}","mayHaveRun":true,"message":"m"}""", RawEnvelope.FaultContentType);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.WithinDeadlineAsync());

        Assert.NotEqual(RpcStatus.Ok, failure.Status);
        Assert.True(Enum.IsDefined(failure.Status) && Enum.IsDefined(failure.Reason), $"{failure.Status}/{failure.Reason}");
        Assert.True(failure.MayHaveRun);
        AssertNothingPending(client);
    }
}
