using Rpc.Batching;
using Rpc.Runtime.Tests.Wire;
using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Documents;

/// <summary>docs/wire-format.md says what the tests check: the same vectors, the same names.</summary>
public sealed class WireDocumentTests
{
    private const string Document = "docs/wire-format.md";

    [Fact]
    public void Call_vectors_AreTheTestsOwn() => AssertTable(
        "calls",
        [
            "| method | arguments | body of the request | body of the reply |",
            "|---|---|---|---|",
            .. CallVectors.All.Select(static vector => $"| {vector.Method} | {vector.Arguments} | {Code(vector.Request)} | {Code(vector.Reply)} |"),
        ]);

    [Fact]
    public void Foreign_vectors_AreTheTestsOwn() => AssertTable(
        "foreign",
        [
            "| what | `type` | body of the request | body of the reply |",
            "|---|---|---|---|",
            .. ForeignVector.All.Select(static vector => $"| {vector.What} | {Code(vector.Type)} | {Code(vector.Request)} | {Code(vector.Reply)} |"),
        ]);

    [Fact]
    public void Messages_around_a_call_AreWhatOurCodeSends()
    {
        using var vectors = new MessageVectors();
        AssertTable("messages", [.. vectors.Rows]);
    }

    [Fact]
    public async Task Batches_AreWhatOurCodeSends() => AssertTable("batches", [.. await BatchVectors.RowsAsync()]);

    [Fact]
    public void Limits_of_batches_AreThoseOfTheCode()
    {
        var text = Repository.Read(Document);
        Assert.Contains($"at most {BatchFormat.MaxFrames} frames", text, StringComparison.Ordinal);
        Assert.Contains($"{BatchFormat.MaxBytes:N0} bytes", text, StringComparison.Ordinal);
        Assert.Contains($"{BatchFormat.MaxOverhead:N0} more", text, StringComparison.Ordinal);
        Assert.All(Enum.GetValues<FrameKind>(), kind => Assert.Contains($"| {(byte)kind} | {kind.ToString().ToLowerInvariant()} |", text, StringComparison.Ordinal));
        Assert.All(
            Enum.GetValues<FrameFlags>().Where(static flag => flag != FrameFlags.None),
            flag => Assert.Contains($"| {(byte)flag} |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Binary_detail_IsWrittenAsTheDocumentSays()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        FaultFormat.Write(output, new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, "no") { Detail = new byte[] { 0, 255, 1, 254 }, DetailContentType = "application/x-pack" });
        Assert.Contains($"`{System.Text.Encoding.UTF8.GetString(output.WrittenSpan)}`", Repository.Read(Document), StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_need_no_escape_AreThoseOfTheDocument()
    {
        var plain = string.Concat(Enumerable.Range(33, 94).Select(static code => (char)code).Where(static letter => !char.IsAsciiLetterOrDigit(letter)).Where(static letter => WrittenAs(letter) == letter.ToString()));
        Assert.Contains($"``{plain}``", Repository.Read(Document), StringComparison.Ordinal);

        static string WrittenAs(char letter)
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            FaultFormat.Write(output, new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, letter.ToString()));
            var text = System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
            const string Before = "\"message\":\"";
            return text[(text.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..^2];
        }
    }

    [Fact]
    public void Every_status_the_fixed_words_and_the_limits_AreThere()
    {
        var text = Repository.Read(Document);
        Assert.All(Enum.GetNames<RpcStatus>(), name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
        Assert.All(
            [
                Rpc.Transport.Wire.AppId, Rpc.Transport.Wire.FaultContentType, "application/vnd.rpc-batch", Rpc.Transport.Wire.SentHeader,
                Rpc.Transport.Wire.AttemptHeader, Rpc.Transport.Wire.DeliveriesHeader, Rpc.Transport.Wire.InstanceQueuePrefix, Rpc.Transport.Wire.ReplyQueuePrefix,
            ],
            word => Assert.Contains(word.EndsWith('.') ? $"`{word}" : $"`{word}`", text, StringComparison.Ordinal));
        Assert.Contains($"has run for {Rpc.Transport.Wire.FirstWorkingMs} ms, and every {Rpc.Transport.Wire.WorkingIntervalMs:N0} ms after that", text, StringComparison.Ordinal);
        Assert.Equal(3, Rpc.Transport.Wire.MaxDeliveries); // "three deliveries"
        Assert.Contains($"`x-expires` = {new RpcServiceOptions().QueueExpiry.TotalMilliseconds}", text, StringComparison.Ordinal);
        Assert.Contains($"{Rpc.Transport.Wire.MaxTimeToLiveMs:N0} (24 h)", text, StringComparison.Ordinal);
        Assert.Contains($"a fault may have {FaultFormat.MaxSize:N0} more", text, StringComparison.Ordinal);
        Assert.Contains($"more than {FaultFormat.MaxMessageLength:N0} UTF-16 units is cut to {FaultFormat.MaxMessageLength - 1:N0}", text, StringComparison.Ordinal);
    }

    private static string Code(string bytes) => bytes.Length == 0 ? "(empty)" : $"`{bytes}`";

    private static void AssertTable(string name, string[] rows)
    {
        var lines = Repository.Read(Document).Split('\n').SkipWhile(line => line != $"<!-- {name} -->").Skip(1).TakeWhile(static line => line != "<!-- end -->").ToArray();
        var expected = string.Join('\n', rows);
        Assert.True(expected == string.Join('\n', lines), $"{Document} differs from the tests' vectors. Between '{name}' and 'end' there must stand:\n{expected}");
    }
}
