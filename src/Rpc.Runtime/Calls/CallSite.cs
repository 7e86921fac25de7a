namespace Rpc.Calls;

/// <summary>Which call it is: what every failure of it names.</summary>
/// <param name="Method">The method.</param>
/// <param name="Queue">The request queue.</param>
/// <param name="Time">The client's clock.</param>
/// <param name="Started">When the proxy's method was entered, in the clock's timestamps.</param>
internal readonly record struct CallSite(RpcMethod Method, string Queue, TimeProvider Time, long Started)
{
    /// <summary>The time since the proxy's method was entered.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(Started);
}
