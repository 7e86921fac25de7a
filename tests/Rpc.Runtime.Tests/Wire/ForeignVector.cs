using Rpc.Transport;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>One request of a foreign caller, to the byte, and what our server answers.</summary>
/// <param name="What">What is special about it, as docs/wire-format.md has it for people.</param>
/// <param name="Type">The request's <c>type</c>; empty if it has none.</param>
/// <param name="Request">The request's body.</param>
/// <param name="Reply">The reply's body: a fault if it begins with <c>{"status"</c>, else a result.</param>
internal sealed record ForeignVector(string What, string Type, string Request, string Reply)
{
    /// <summary>The other properties of the request.</summary>
    public RequestProperties Properties { get; init; } = new() { ContentType = "application/json" };

    public bool IsFault => Reply.StartsWith("{\"status\"", StringComparison.Ordinal);

    /// <summary>The same list stands in docs/wire-format.md.</summary>
    public static IReadOnlyList<ForeignVector> All { get; } =
    [
        new("no content type", "wire.Vectors/Add", "{\"left\":2,\"right\":40}", "42") { Properties = new RequestProperties() },
        new("content type `Application/JSON; charset=utf-8`", "wire.Vectors/Add", "{\"left\":2,\"right\":40}", "42") { Properties = new RequestProperties { ContentType = "Application/JSON; charset=utf-8" } },
        new("content encoding `UTF-8`", "wire.Vectors/Add", "{\"left\":2,\"right\":40}", "42") { Properties = new RequestProperties { ContentEncoding = "UTF-8" } },
        new("other order, white space", "wire.Vectors/Add", "{ \"right\" : 40 , \"left\" : 2 }", "42"),
        new("optional argument missing", "wire.Vectors/Add", "{\"left\":2}", "1"),
        new("unknown members", "wire.Vectors/Add", "{\"left\":2,\"later\":[{}],\"Right\":9}", "1"),
        new("a name twice: the last counts", "wire.Vectors/Add", "{\"left\":2,\"left\":3}", "2"),
        new("a name with an escape", "wire.Vectors/Add", "{\"\\u006ceft\":2}", "1"),
        new("arguments to a method without parameters", "wire.Vectors/Ping", "{\"left\":2}", ""),
        new("required argument missing", "wire.Vectors/Search", "{}", Fault("InvalidArgument", "BadRequest", false, "the arguments cannot be read: The argument \\u0027text\\u0027 is missing.")),
        new("null where it is not allowed", "wire.Vectors/Add", "{\"left\":null}", Fault("InvalidArgument", "BadRequest", false, "the arguments cannot be read: The argument \\u0027left\\u0027 must not be null.")),
        new("no object", "wire.Vectors/Add", "[2,40]", Fault("InvalidArgument", "BadRequest", false, "the arguments cannot be read: The arguments must be a JSON object, and a StartArray was found.")),
        new("unknown method", "wire.Vectors/add", "{}", Fault("Unimplemented", "UnknownMethod", false, "wire.Vectors has no method \\u0027add\\u0027 on this server")),
        new("unknown service", "wire.Other/Add", "{}", Fault("Unimplemented", "UnknownService", false, "this queue serves wire.Vectors, and the request asks for \\u0027wire.Other\\u0027")),
        new("no type", "", "{}", Fault("InvalidArgument", "BadRequest", false, "it names no method: the AMQP property \\u0027type\\u0027 must be the service\\u0027s name, a slash and the method\\u0027s name, such as \\u0027wire.Vectors/Ping\\u0027")),
        new("content encoding `gzip`", "wire.Vectors/Ping", "{}", Fault("InvalidArgument", "BadRequest", false, "its content encoding is \\u0027gzip\\u0027, and none is known")) { Properties = new RequestProperties { ContentEncoding = "gzip" } },
        new("redelivered", "wire.Vectors/Ping", "{}", Fault("Aborted", "Redelivered", true, "a server that was lost had the request before and may have run it, so it is not run again")) { Properties = new RequestProperties { Redelivered = true } },
        new("a refusal", "wire.Vectors/Refuse", "{\"order\":7}", "{\"status\":\"NotFound\",\"mayHaveRun\":true,\"message\":\"no order 7\"}"),
        new("a refusal with a detail", "wire.Vectors/RefuseWithDetail", "{\"order\":7}", "{\"status\":\"FailedPrecondition\",\"mayHaveRun\":true,\"message\":\"the order is closed\",\"detail\":{\"Order\":7,\"Allowed\":[\"open\",\"paid\"]}}"),
    ];

    private static string Fault(string status, string reason, bool mayHaveRun, string message) =>
        $"{{\"status\":\"{status}\",\"reason\":\"{reason}\",\"mayHaveRun\":{(mayHaveRun ? "true" : "false")},\"message\":\"{message}\"}}";
}
