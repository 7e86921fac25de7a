namespace Rpc.TestKit.Faults;

/// <summary>One way through a <see cref="TcpProxy"/>, or both.</summary>
[Flags]
public enum ProxyDirection
{
    /// <summary>From the program that has connected to the server.</summary>
    ToTarget = 1,

    /// <summary>From the server to the program that has connected.</summary>
    ToCaller = 2,

    /// <summary>Both ways.</summary>
    Both = ToTarget | ToCaller,
}
