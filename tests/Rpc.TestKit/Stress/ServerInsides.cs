using System.Runtime.CompilerServices;
using Rpc.Server;

namespace Rpc.TestKit.Stress;

/// <summary>What a server holds, for tests that show that it is nothing. The runtime itself has no use for these figures.</summary>
internal static class ServerInsides
{
    /// <summary>How many replies a service keeps for requests that come again.</summary>
    public static int KeptReplies(ServiceHost host) => AnswersOf(host.Running).Count;

    /// <summary>How many handlers' deadlines wait.</summary>
    public static int Deadlines(ServiceHost host) => ContextOf(host).Deadlines.Count;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_answers")]
    private static extern ref ReplyRing AnswersOf(RunningCalls running);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_context")]
    private static extern ref ServiceContext ContextOf(ServiceHost host);
}
