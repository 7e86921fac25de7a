using Rpc.Transport;

namespace Rpc.Runtime.Tests.Transport;

public sealed class RequestPropertiesTests
{
    private static readonly RpcHeaders s_headers = new() { ["tenant"] = "blue" };

    private static readonly RequestProperties s_all = new()
    {
        ReplyTo = "reply",
        CorrelationId = "id",
        Type = "type",
        ContentType = "content",
        ContentEncoding = "encoding",
        AppId = "app",
        TimeToLive = 0,
        Problem = "problem",
        Redelivered = true,
        Deliveries = 3,
        BrokerCounts = true,
        Headers = s_headers,
        SentAt = 0,
        Attempt = 2,
        UserId = "user",
        IsPersistent = true,
    };

    [Fact]
    public void What_was_set_IsThere()
    {
        Assert.Equal(("reply", new CorrelationId("id"), "type", "content"), (s_all.ReplyTo, s_all.CorrelationId, s_all.Type, s_all.ContentType));
        Assert.Equal(("encoding", "app", "problem", "user"), (s_all.ContentEncoding, s_all.AppId, s_all.Problem, s_all.UserId));
        Assert.Equal((0L, 0L, 3, 2), (s_all.TimeToLive, s_all.SentAt, s_all.Deliveries, s_all.Attempt));
        Assert.Equal((true, true, true), (s_all.Redelivered, s_all.BrokerCounts, s_all.IsPersistent));
        Assert.Same(s_headers, s_all.Headers);
    }

    [Theory]
    [InlineData(0L, 0L)]
    [InlineData(long.MaxValue - 1, long.MaxValue - 1)]
    [InlineData(long.MaxValue, long.MaxValue - 1)] // no caller's number makes a deadline into none
    [InlineData(-1L, null)]
    [InlineData(long.MinValue, null)]
    [InlineData(null, null)]
    public void Numbers_AreKept_IfTheyAreNotNegative(long? number, long? kept)
    {
        var properties = new RequestProperties { TimeToLive = number, SentAt = number };

        Assert.Equal((kept, kept), (properties.TimeToLive, properties.SentAt));
    }

    [Fact]
    public void By_default_NothingIsSet()
    {
        RequestProperties none = default;

        Assert.Equal((null, true, null, null), (none.ReplyTo, none.CorrelationId.IsNone, none.Type, none.ContentType));
        Assert.Equal((null, null, null, null), (none.ContentEncoding, none.AppId, none.Problem, none.UserId));
        Assert.Equal((null, null, 0, 0), (none.TimeToLive, none.SentAt, none.Deliveries, none.Attempt));
        Assert.Equal((false, false, false), (none.Redelivered, none.BrokerCounts, none.IsPersistent));
        Assert.Null(none.Headers);
    }

    [Fact]
    public void Copy_ChangesWhatIsNamed_AndNothingOfTheOriginal()
    {
        var copy = s_all with { ContentEncoding = null, AppId = "rpc/1", Problem = null, Deliveries = 0, BrokerCounts = false, UserId = null, TimeToLive = null, SentAt = null };

        Assert.Equal((null, "rpc/1", null, null), (copy.ContentEncoding, copy.AppId, copy.Problem, copy.UserId));
        Assert.Equal((0, false, null, null), (copy.Deliveries, copy.BrokerCounts, copy.TimeToLive, copy.SentAt));
        Assert.Equal(("reply", "content", true), (copy.ReplyTo, copy.ContentType, copy.Redelivered));
        Assert.Equal("app", (copy with { AppId = "app" }).AppId);
        What_was_set_IsThere();
    }

    [Fact]
    public void Usual_request_TakesNoMemoryBesideItself()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var usual = new RequestProperties
        {
            ReplyTo = "reply",
            CorrelationId = "id",
            Type = "type",
            ContentType = "content",
            ContentEncoding = null,
            AppId = "rpc/1",
            TimeToLive = 1,
            Problem = null,
            Deliveries = 0,
            BrokerCounts = false,
            SentAt = 1,
            Attempt = 1,
            UserId = null,
        };

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("rpc/1", usual.AppId);
    }
}
