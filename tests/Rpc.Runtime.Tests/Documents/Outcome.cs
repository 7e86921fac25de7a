using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Runtime.Tests.Server;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Documents;

/// <summary>
/// One end that a call can have. <see cref="All"/> are those that the code can produce: each method of the two places that decide on outcomes, called with
/// every combination of arguments that could make a difference.
/// </summary>
internal sealed record Outcome(RpcStatus Status, RpcReason Reason, bool MayHaveRun)
{
    private static readonly Exception s_any = new InvalidOperationException("any");
    private static readonly Exception s_refused = new RpcException(new RpcFailure { Status = RpcStatus.Unavailable, Reason = RpcReason.Refused, Message = "refused" });

    // What is the other side's word, or a filter's, and not the code's own.
    private static readonly string[] s_passedOn = [nameof(CallFailures.FromServer), nameof(CallFailures.FromFilter), "MayHaveRunBefore"];

    public static IReadOnlyCollection<Outcome> All { get; } =
        [.. Of(typeof(CallFailures)).Concat(Of(typeof(CallFaults))).Where(static outcome => outcome.Reason != RpcReason.None).Distinct()];

    private static IEnumerable<Outcome> Of(Type type) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !s_passedOn.Contains(method.Name)
        from arguments in Combinations([.. method.GetParameters().Select(static parameter => Samples(parameter))])
        select method.Invoke(null, arguments) switch
        {
            Fault fault => new Outcome(fault.Status, fault.Reason, fault.MayHaveRun),
            RpcException failure => new Outcome(failure.Status, failure.Reason, failure.MayHaveRun),
            var other => throw new InvalidOperationException($"{method} returned {other}."),
        };

    private static IEnumerable<object?[]> Combinations(object?[][] samples) => samples.Aggregate(
        (IEnumerable<object?[]>)[[]], static (all, next) => all.SelectMany(arguments => next.Select(sample => (object?[])[.. arguments, sample])));

    private static object?[] Samples(ParameterInfo parameter)
    {
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return type == typeof(CallSite) ? [new CallSite(new RpcMethod<int, int>("s", "m"), "q", TimeProvider.System, 0)]
            : type == typeof(TimeSpan) ? [TimeSpan.Zero, TimeSpan.FromSeconds(1)]
            : type == typeof(bool) ? [false, true]
            : type == typeof(int) ? [1]
            : type == typeof(string) ? ["text"]
            : type == typeof(Loss) ? [new Loss("lost"), new Loss("refused", Refused: true)]
            : type == typeof(RpcDiagnosis) ? [new RpcDiagnosis(), new RpcDiagnosis { Connected = true }, new RpcDiagnosis { Connected = true, Blocked = true }]
            : type == typeof(Exception) ? [s_any, new OperationCanceledException(), new RpcException(new RpcFailure { Status = RpcStatus.Unavailable, Message = "inner" }), s_refused]
            : type == typeof(ServiceContext) ? [ServedContext.Shared]
            : type == typeof(ReceivedCall) ? [Call(fired: null), Call(RpcStatus.DeadlineExceeded), Call(RpcStatus.Cancelled)]
            : throw new InvalidOperationException($"Say here what {parameter.Member.DeclaringType}.{parameter.Member.Name} can be given for {parameter}, so that its outcomes are known.");
    }

    // A call whose method was entered.
    private static ReceivedCall Call(RpcStatus? fired)
    {
        var time = new FakeTimeProvider();
        var request = new RequestProperties { TimeToLive = 1_000, Type = SampleRpc.Count.Type };
        var call = ServedContext.Create(time).Receive(new FakeDelivery(request, "{\"itemCount\":1}"u8.ToArray()));
        call.ReadArguments(SampleRpc.Count);
        _ = call.CancellationToken;
        if (fired == RpcStatus.DeadlineExceeded)
        {
            time.Advance(TimeSpan.FromSeconds(2));
        }
        else if (fired == RpcStatus.Cancelled)
        {
            call.Cancel();
        }

        Assert.Equal(fired, call.TokenFired);
        return call;
    }
}
