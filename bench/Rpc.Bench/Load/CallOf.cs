using Rpc.Bench.Contenders;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Load;

/// <summary>Finds the method to call.</summary>
internal static class CallOf
{
    /// <summary>A function that makes one call; its argument is any number.</summary>
    /// <param name="client">The client.</param>
    /// <param name="work">The method.</param>
    public static Func<int, Task> Find(ConnectedClient client, WorkItem work)
    {
        var mixed = client.Mixed;
        return work switch
        {
            WorkItem.Next => client.Work.Next,
            WorkItem.Echo => _ => client.Work.Echo(Parcel.Sample),
            WorkItem.Pause => client.Work.Pause,
            WorkItem.Brief when mixed is not null => mixed.Brief,
            WorkItem.Slow when mixed is not null => mixed.Slow,
            WorkItem.Changing when mixed is not null => mixed.Changing,
            _ => throw new ArgumentOutOfRangeException(nameof(work), work, "This contender does not do that."),
        };
    }
}
