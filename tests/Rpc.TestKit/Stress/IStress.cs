namespace Rpc.TestKit.Stress;

/// <summary>What the stress test calls. Each call has a number, so that it is known afterwards which calls ran and how often.</summary>
[RpcService]
public interface IStress
{
    Task<string> Echo(int call, string text, CancellationToken cancellationToken = default);

    [RpcMethod(Idempotent = true)]
    Task<int> Read(int call, CancellationToken cancellationToken = default);

    /// <summary>Runs until its token fires, or for so long.</summary>
    Task<int> Work(int call, int milliseconds, CancellationToken cancellationToken = default);

    /// <summary>Refuses.</summary>
    Task Refuse(int call, CancellationToken cancellationToken = default);

    /// <summary>Has a bug.</summary>
    Task<int> Stumble(int call, CancellationToken cancellationToken = default);

    /// <summary>Returns so many characters.</summary>
    Task<string> Fill(int call, int length, CancellationToken cancellationToken = default);

    /// <summary>Makes a call of its own.</summary>
    Task<string> Pass(int call, int inner, int milliseconds, CancellationToken cancellationToken = default);

    [RpcMethod(OneWay = true)]
    Task Note(int call, CancellationToken cancellationToken = default);
}
