using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>Which of two faults of one request its caller is told: the order that docs/wire-format.md gives.</summary>
public sealed class RequestRulesTests
{
    // Each spoils a request in one way; earlier ones are told.
    private static readonly (string Name, Func<RequestProperties, RequestProperties> Spoil, RpcReason Reason, string Text)[] s_faults =
    [
        ("problem", static properties => properties with { Problem = "its id is odd" }, RpcReason.BadRequest, "its id is odd"),
        ("encoding", static properties => properties with { ContentEncoding = "gzip" }, RpcReason.BadRequest, "content encoding"),
        ("size", static properties => properties with { CorrelationId = "large" }, RpcReason.BadRequest, "MaxRequestSize"),
        ("content type", static properties => properties with { ContentType = "text/plain" }, RpcReason.BadRequest, "content type"),
        ("type", static properties => properties with { Type = "no slash" }, RpcReason.BadRequest, "names no method"),
        ("service", static properties => properties with { Type = "other/Count" }, RpcReason.UnknownService, "'other'"),
    ];

    public static TheoryData<int, int> Pairs => new(
        from first in Enumerable.Range(0, s_faults.Length)
        from second in Enumerable.Range(first, s_faults.Length - first)
        where (first, second) != (4, 5) // both spoil the same property
        select (first, second));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void First_of_two_faults_IsTold(int first, int second)
    {
        var fault = Refuse(s_faults[first].Spoil(s_faults[second].Spoil(Good())));

        Assert.NotNull(fault);
        Assert.Equal((s_faults[first].Reason, false), (fault.Reason, fault.MayHaveRun));
        Assert.Contains(s_faults[first].Text, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_request_IsNotRefused()
    {
        Assert.Null(Refuse(Good()));
        Assert.Null(Refuse(Good() with { ContentType = null }));
        Assert.Null(Refuse(Good() with { Type = Good().Type + "NoSuchMethod" })); // filters see it first
    }

    [Theory]
    [InlineData("problem", true)]
    [InlineData("encoding", true)]
    [InlineData("size", true)]
    [InlineData("content type", false)]
    [InlineData("service", false)]
    public void Bare_request_IsRefusedOnlyForWhatMakesItUnreadable(string name, bool refused)
    {
        var spoilt = s_faults.Single(fault => fault.Name == name).Spoil(Good());

        Assert.Equal(refused, Refuse(spoilt, bare: true) is not null);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, 50, false)] // no deadline, never late
    [InlineData(100L, null, false)]
    [InlineData(100L, 100, false)]
    [InlineData(100L, 101, true)]
    [InlineData(0L, null, true)]
    public void Call_with_less_left_than_its_method_usually_takes_IsLate(long? left, int? usual, bool late)
    {
        var service = ServedContext.Create(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var call = service.Receive(new FakeDelivery(Good() with { TimeToLive = left }));
        if (usual is { } milliseconds)
        {
            call.Served!.Took(TimeSpan.FromMilliseconds(milliseconds), call.Arrived);
        }

        var fault = RequestRules.RefuseLate(call, call.Arrived);

        Assert.Equal(late, fault is not null);
        Assert.True(fault is null or { Status: RpcStatus.DeadlineExceeded, Reason: RpcReason.Expired, MayHaveRun: false });
    }

    private static RequestProperties Good() =>
        new() { ReplyTo = "replies", CorrelationId = "id", Type = SampleRpc.Count.Type, ContentType = "application/json", AppId = "rpc/1" };

    private static Fault? Refuse(in RequestProperties properties, bool bare = false)
    {
        var service = ServedContext.Create(bare: bare);
        var body = properties.CorrelationId == "large" ? new byte[service.MaxRequestSize + 1] : "{\"itemCount\":1}"u8.ToArray();
        return RequestRules.Refuse(service.Receive(new FakeDelivery(properties, body)), service);
    }
}
