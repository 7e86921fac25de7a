using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>A filter gives a call up while its dispatcher goes on: the caller is told that it may have run, or the service's method is not entered.</summary>
public sealed class BegunOrEndedTests
{
    private static readonly Fault s_didNotRun = new(RpcStatus.Aborted, RpcReason.Handler, MayHaveRun: false, "given up");

    [Fact]
    public void Call_that_is_answered_while_its_arguments_are_read_IsNotEntered()
    {
        var delivery = Delivery();
        using var call = ServedContext.Shared.Receive(delivery);
        Fault? told = null;
        delivery.OnBody = () => told ??= Answer(call);

        Assert.Throws<InvalidOperationException>(() => call.ReadArguments(SampleRpc.Count));
        Assert.False(told!.MayHaveRun);
    }

    [Fact]
    public void Call_that_has_begun_since_its_fault_was_found_IsToldSo()
    {
        using var call = ServedContext.Shared.Receive(Delivery());
        call.ReadArguments(SampleRpc.Count);

        Assert.True(Answer(call).MayHaveRun);
    }

    [Fact]
    public void Begin_against_the_answer_NobodyIsEnteredWhoWasToldNot()
    {
        var (entered, refused) = (0, 0);
        Contest.Run(
            10_000,
            static _ => new Round(),
            round =>
            {
                Assert.True(!round.IsEntered || round.Told!.MayHaveRun, "the caller was told that it did not run, and it was entered");
                _ = round.IsEntered ? entered++ : refused++;
                round.Call.Dispose();
            },
            static round => round.Enter(),
            static round => round.Told = Answer(round.Call));
        Assert.True(entered > 0 && refused > 0, $"the threads did not race: {entered} entered, {refused} refused");
    }

    private static FakeDelivery Delivery() => new(new RequestProperties { ReplyTo = "replies", CorrelationId = "a.1", Type = SampleRpc.Count.Type }, "{\"itemCount\":1}"u8.ToArray());

    private static Fault Answer(ReceivedCall call) => FaultFormat.Read(call.ToReply(s_didNotRun).Body);

    private sealed class Round
    {
        public ReceivedCall Call { get; } = ServedContext.Shared.Receive(Delivery());

        public bool IsEntered { get; private set; }

        public Fault? Told { get; set; }

        public void Enter()
        {
            try
            {
                Call.ReadArguments(SampleRpc.Count);
                IsEntered = true;
            }
            catch (InvalidOperationException)
            {
                // It is over.
            }
        }
    }
}
