using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Conformance;

/// <summary>Messages of <see cref="ITrial"/>, written by hand.</summary>
public static class TrialMessages
{
    /// <summary>A request, as a foreign caller writes it.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="text">The argument.</param>
    public static RawEnvelope Request(string method, string text) =>
        new($$"""{"text":"{{text}}"}""") { Type = $"{TrialRpc.Service}/{method}", ContentType = "application/json" };

    /// <summary>Answers a request by a fault, as a server does that turns it down.</summary>
    public static Task FailAsync(this IRawSide raw, RawEnvelope request, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var named = reason == RpcReason.None ? "" : $"\"reason\":\"{reason}\",";
        return raw.ReplyAsync(
            request, $$"""{"status":"{{status}}",{{named}}"mayHaveRun":{{(mayHaveRun ? "true" : "false")}},"message":"by hand"}""", RawEnvelope.FaultContentType);
    }

    /// <summary>Answers a request by a result.</summary>
    public static Task SucceedAsync(this IRawSide raw, RawEnvelope request, string result) => raw.ReplyAsync(request, $"\"{result}\"", "application/json");

    /// <summary>The argument of a request.</summary>
    public static string ArgumentOf(RawEnvelope request) => request.Member("text")!;
}
