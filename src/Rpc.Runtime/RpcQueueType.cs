namespace Rpc;

/// <summary>What kind of queue a request queue is declared as. An existing queue of another kind is an error.</summary>
public enum RpcQueueType
{
    /// <summary>A classic queue: on one node, the fastest. Its transient messages are gone with that node.</summary>
    Classic,

    /// <summary>A quorum queue: replicated over a cluster's nodes, so that calls survive the loss of one, at the price of a disk write each.</summary>
    Quorum,
}
