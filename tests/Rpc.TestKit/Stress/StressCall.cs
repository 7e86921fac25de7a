using System.Diagnostics;
using Xunit;

namespace Rpc.TestKit.Stress;

/// <summary>One call of the stress test: what it does comes out of its number and the run's seed.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Outer">The service that is called.</param>
/// <param name="Nobody">A proxy whose queue nobody serves.</param>
/// <param name="Lasting">A token that outlives all calls.</param>
internal readonly record struct StressCall(int Number, int Seed, IStress Outer, IStress Nobody, CancellationToken Lasting)
{
    /// <summary>The size limit of requests and replies in a run.</summary>
    public const int MaxSize = 8 * 1024;

    /// <summary>Makes the call and waits for its end.</summary>
    /// <param name="made">Told the task that the proxy returned.</param>
    /// <returns>How it ended, checked against what it was.</returns>
    public async Task<StressEnd> RunAsync(Action<Task> made)
    {
        var dice = new Random(unchecked(Seed + (Number * 7919)));
        using var source = new CancellationTokenSource();
        var kind = Kinds[dice.Next(Kinds.Length)];
        var call = Make(kind, dice, source);
        made(call);
        if (kind == "cancelled")
        {
            await CancelAsync(source, dice.Next(3));
        }

        return await EndOfAsync(kind, call, source);
    }

    // As often as their share in the run.
    private static string[] Kinds { get; } =
    [
        "plain", "plain", "plain", "plain", "plain", "read", "read", "long text", "late", "late", "cancelled", "cancelled", "refused", "bug", "large request",
        "large result", "note", "note", "nobody", "passed", "passed late",
    ];

    private Task Make(string kind, Random dice, CancellationTokenSource source) => kind switch
    {
        "plain" => Outer.Echo(Number, "text", Lasting),
        "read" => Outer.Read(Number, Lasting),
        "long text" => Outer.Echo(Number, new string('x', dice.Next(6000)), Lasting),
        "late" => Within(dice.Next(1, 40)).Work(Number, dice.Next(60), Lasting),
        "cancelled" => dice.Next(3) > 0 ? Outer.Work(Number, dice.Next(30), source.Token) : Outer.Echo(Number, "text", source.Token),
        "refused" => Outer.Refuse(Number, Lasting),
        "bug" => Outer.Stumble(Number, Lasting),
        "large request" => Outer.Echo(Number, new string('x', dice.Next(MaxSize, 3 * MaxSize)), Lasting),
        "large result" => Outer.Fill(Number, dice.Next(MaxSize, 10 * MaxSize), Lasting),
        "note" => Outer.Note(Number, Lasting),
        "nobody" => Nobody.Read(Number, Lasting),
        "passed" => Outer.Pass(Number, Number, 0, Lasting),
        "passed late" => Within(dice.Next(5, 50)).Pass(Number, Number, dice.Next(1, 60), Lasting),
        _ => throw new UnreachableException(kind),
    };

    private IStress Within(int milliseconds) => Outer.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) });

    // At once, a moment later on this thread, or some time later from a timer's.
    private static async Task CancelAsync(CancellationTokenSource source, int when)
    {
        if (when == 0)
        {
            await source.CancelAsync();
        }
        else if (when == 1)
        {
            await Task.Yield();
            await source.CancelAsync();
        }
        else
        {
            source.CancelAfter(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)));
        }
    }

    private static async Task<StressEnd> EndOfAsync(string kind, Task call, CancellationTokenSource cancelling)
    {
        try
        {
            await call.WaitAsync(TimeSpan.FromSeconds(60));
            Assert.DoesNotContain(kind, (string[])["refused", "bug", "large request", "large result", "nobody"]);
            return new StressEnd(kind, "ok", MayHaveRun: true, Ran: kind != "note");
        }
        catch (OperationCanceledException exception)
        {
            Assert.Equal("cancelled", kind);
            Assert.Equal(cancelling.Token, exception.CancellationToken);
            return new StressEnd(kind, "cancelled", MayHaveRun: true, Ran: false);
        }
        catch (RpcException failure)
        {
            return new StressEnd(kind, $"{failure.Status}/{failure.Reason}", failure.MayHaveRun, Ran: failure.Reason is RpcReason.Handler or RpcReason.Result || failure.Status == RpcStatus.NotFound);
        }
    }
}
