using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Runtime.Tests.Calls;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Runtime.Tests.Server;
using Rpc.Server;
using Rpc.Transport;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>The messages around a call as our code makes them, written as docs/wire-format.md has them.</summary>
internal sealed class MessageVectors : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_instance = Rpc.Transport.Wire.InstanceQueuePrefix + new string('0', 32);
    private static readonly RpcHeaders s_headers = new() { { "tenant", "blue" } };

    private readonly CallTable _table = new(s_now);
    private readonly FakeLink _link;

    public MessageVectors() => _link = _table.Open();

    public IReadOnlyList<string> Rows =>
    [
        "| message | to | `content_type` | `correlation_id` | `reply_to` | headers |",
        "|---|---|---|---|---|---|",
        Request("request with a header of the program's", attempt: 1),
        Request("the second attempt at it", attempt: 2),
        Reply(),
        Notice(),
        Cancellation(),
        Marker(),
    ];

    public void Dispose() => _table.Dispose();

    private string Request(string what, int attempt)
    {
        var call = _table.Create(headers: s_headers, attempt: attempt);
        var request = call.ToRequest(call.Site.Started);
        Assert.Equal("rpc/1", request.AppId);
        return Row(what, "the request queue", request.ContentType, attempt == 1 ? request.CorrelationId.Text : "another", "R", HeaderTable.Write(request.Headers, request.SentAt, request.Attempt));
    }

    private string Reply()
    {
        using var call = Received(ServedContext.Shared, new FakeDelivery(Properties()));
        call.ReplyHeaders["served-by"] = "b";
        call.Reply(SampleRpc.Count, 1);
        var reply = call.ToReply(fault: null);
        Assert.Equal("rpc/1", reply.AppId);
        return Row("reply with a header of the program's", "R", reply.ContentType, reply.CorrelationId.Text, reply.ReplyTo, HeaderTable.Write(reply.Headers));
    }

    private string Notice()
    {
        var time = new FakeTimeProvider();
        var delivery = new FakeDelivery(Properties());
        using var call = Received(ServedContext.Create(time), delivery);
        var running = new RunningCalls();
        using var notices = new WorkingNotices(running, new FakeServerTransport(s_instance), static () => null, time);
        running.Add(call);
        time.Advance(TimeSpan.FromMilliseconds(Rpc.Transport.Wire.FirstWorkingMs));
        var notice = delivery.Replies.Single();
        Assert.Equal(("rpc/1", 0), (notice.AppId, notice.Body.Length));
        return Row("working notice", "R", notice.ContentType, notice.CorrelationId.Text, notice.ReplyTo, HeaderTable.Write(notice.Headers));
    }

    private string Cancellation()
    {
        using var source = new CancellationTokenSource();
        var call = Send(source.Token);
        source.Cancel();
        return Told("cancellation", call);
    }

    private string Marker()
    {
        var call = Send(default);
        _table.Time.Advance(TimeSpan.FromSeconds(8));
        return Told("marker", call);
    }

    private PendingCall<int> Send(CancellationToken token)
    {
        var call = _table.Add(token: token);
        call.ListenToTokens();
        call.TryMarkSent(_link);
        _table.Calls.Complete(new ReplyMessage(_table.IdOf(call), "application/vnd.rpc-working", default) { ReplyTo = s_instance });
        return call;
    }

    private string Told(string what, PendingCall call)
    {
        Assert.True(_link.Told.TryDequeue(out var told));
        var id = told.CorrelationId == _table.IdOf(call) ? FirstId() : told.CorrelationId;
        return Row(what, told.Queue ?? "R", told.ContentType, id, "R", headers: null);
    }

    private string FirstId() => _table.Calls.Ids.Format(1);

    private RequestProperties Properties() => new() { ReplyTo = "R", CorrelationId = FirstId(), Type = SampleRpc.Count.Type, AppId = "rpc/1" };

    private static ReceivedCall Received(ServiceContext service, FakeDelivery delivery) => service.Receive(delivery);

    private string Row(string what, string to, string? contentType, string? correlationId, string? replyTo, IDictionary<string, object?>? headers)
    {
        var prefix = FirstId()[..^2];
        var id = correlationId!.Replace(prefix, "N", StringComparison.Ordinal);
        var texts = headers?.OrderBy(static header => header.Key, StringComparer.Ordinal).Select(static header => $"`{header.Key}` = {Text(header.Value)}") ?? [];
        replyTo = replyTo == s_instance ? "I" : replyTo;
        to = to == s_instance ? "I" : to;
        return $"| {what} | {to} | `{contentType}` | {(id == "another" ? id : $"`{id}`")} | {replyTo ?? "–"} | {(headers is null ? "–" : string.Join(", ", texts))} |";
    }

    private static string Text(object? value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture) + " (long)",
        int number => number.ToString(CultureInfo.InvariantCulture) + " (int)",
        string text => $"`{text}` (text)",
        _ => throw new InvalidOperationException($"{value} is nothing that the wire has"),
    };
}
