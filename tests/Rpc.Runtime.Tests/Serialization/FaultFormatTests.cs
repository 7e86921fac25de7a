using System.Buffers;
using System.Text;
using System.Text.Json;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

public sealed class FaultFormatTests
{
    [Fact]
    public void Every_status_and_reason_SurvivesTheRoundTrip()
    {
        foreach (var status in Enum.GetValues<RpcStatus>().Where(static status => status != RpcStatus.Ok))
        {
            foreach (var reason in Enum.GetValues<RpcReason>())
            {
                var fault = new Fault(status, reason, MayHaveRun: reason == RpcReason.NoReply, "why \"not\" \u0001 ä 😀");
                Assert.Equal(fault, FaultFormat.Read(Write(fault)));
            }
        }
    }

    [Theory]
    [InlineData("{\"status\":\"Teapot\",\"reason\":\"Boiling\"}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":5,\"reason\":7}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":\"5\",\"reason\":\"7\"}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":\"notfound\",\"reason\":\"noserver\"}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":\"NotFound, Aborted\",\"reason\":\" Draining\"}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":\"Ok\",\"reason\":\"None\"}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":null,\"reason\":null}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":{},\"reason\":[]}", RpcStatus.Unknown, RpcReason.Other)]
    [InlineData("{\"status\":\"NotFound\"}", RpcStatus.NotFound, RpcReason.None)]
    [InlineData("{\"status\":\"Unavailable\",\"reason\":\"Draining\"}", RpcStatus.Unavailable, RpcReason.Draining)]
    public void Names_that_are_not_exactly_ours_BecomeUnknownAndOther(string body, RpcStatus status, RpcReason reason)
    {
        var fault = FaultFormat.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal((status, reason), (fault.Status, fault.Reason));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(",\"mayHaveRun\":true", true)]
    [InlineData(",\"mayHaveRun\":\"false\"", true)]
    [InlineData(",\"mayHaveRun\":0", true)]
    [InlineData(",\"mayHaveRun\":null", true)]
    [InlineData(",\"mayHaveRun\":false", false)]
    public void Only_a_plain_false_SaysThatNothingRan(string member, bool mayHaveRun) =>
        Assert.Equal(mayHaveRun, FaultFormat.Read(Encoding.UTF8.GetBytes("{\"status\":\"NotFound\"" + member + "}")).MayHaveRun);

    [Fact]
    public void Missing_members_HaveDefaultsAndUnknownOnesAreIgnored()
    {
        var fault = FaultFormat.Read("{\"later\":[1,{}],\"status\":\"Aborted\",\"message\":17}"u8.ToArray());
        Assert.Equal(new Fault(RpcStatus.Aborted, RpcReason.None, MayHaveRun: true, "no message"), fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("{\"Status\":\"NotFound\"}")]
    [InlineData("{\"status\":\"NotFound\"")]
    [InlineData("{\"status\":\"NotFound\"} x")]
    public void What_is_no_fault_IsAJsonError(string body) =>
        Assert.ThrowsAny<JsonException>(() => FaultFormat.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Huge_message_IsShortenedOnBothSides()
    {
        var most = FaultFormat.MaxMessageLength;
        var exact = new Fault(RpcStatus.Internal, RpcReason.Handler, MayHaveRun: true, new string('x', most));
        Assert.Equal(exact, FaultFormat.Read(Write(exact)));

        var written = FaultFormat.Read(Write(exact with { Message = new string('x', 10 * most) })).Message;
        Assert.Equal(new string('x', most - 1) + "…", written);

        var foreign = FaultFormat.Read(Encoding.UTF8.GetBytes("{\"status\":\"Internal\",\"message\":\"" + new string('y', 10 * most) + "\"}"));
        Assert.Equal(new string('y', most - 1) + "…", foreign.Message);
    }

    [Theory]
    [InlineData("\ud83d alone")]
    [InlineData("alone \ude00")]
    public void Broken_unicode_of_a_handler_IsReplacedSoThatTheFaultStillArrives(string message)
    {
        var fault = FaultFormat.Read(Write(new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, message)));
        Assert.Equal(message.Replace('\ud83d', '\ufffd').Replace('\ude00', '\ufffd'), fault.Message);
    }

    [Fact]
    public void Message_shortened_inside_a_surrogate_pair_StaysReadable()
    {
        var message = new string('x', FaultFormat.MaxMessageLength - 2) + "😀😀";
        Assert.StartsWith("xxx", FaultFormat.Read(Write(new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, message))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"order\":7,\"why\":[\"ä\",null]}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Json_detail_TravelsAsJson(string detail)
    {
        var fault = new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, "no") { Detail = Encoding.UTF8.GetBytes(detail), DetailContentType = "application/json" };
        var body = Write(fault);
        Assert.EndsWith(",\"detail\":" + detail + "}", Encoding.UTF8.GetString(body.Span), StringComparison.Ordinal);

        var read = FaultFormat.Read(body);
        Assert.Equal(detail, Encoding.UTF8.GetString(read.Detail!.Value.Span));
        Assert.Null(read.DetailContentType);
    }

    [Fact]
    public void Binary_detail_TravelsAsBase64WithItsType()
    {
        byte[] bytes = [0, 255, 1, 254];
        var body = Write(new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, "no") { Detail = bytes, DetailContentType = "application/x-pack" });
        Assert.EndsWith(",\"detail\":\"AP8B/g==\",\"detailType\":\"application/x-pack\"}", Encoding.UTF8.GetString(body.Span), StringComparison.Ordinal);

        var read = FaultFormat.Read(body);
        Assert.Equal(bytes, read.Detail!.Value.ToArray());
        Assert.Equal("application/x-pack", read.DetailContentType);
    }

    [Fact]
    public void Detail_as_deep_as_the_serializer_writes_ArrivesWithItsRefusal()
    {
        var detail = new string('[', 64) + new string(']', 64); // System.Text.Json's own limit of depth
        var fault = FaultFormat.Read(Write(new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, "no") { Detail = Encoding.UTF8.GetBytes(detail) }));
        Assert.Equal(detail, Encoding.UTF8.GetString(fault.Detail!.Value.Span));
    }

    private static ReadOnlyMemory<byte> Write(Fault fault)
    {
        var output = new ArrayBufferWriter<byte>();
        FaultFormat.Write(output, fault);
        return output.WrittenMemory;
    }
}
