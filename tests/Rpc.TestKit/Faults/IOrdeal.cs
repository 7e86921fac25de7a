namespace Rpc.TestKit.Faults;

/// <summary>What fault tests call. Every method but <see cref="Echo"/> notes its run under the given id, so that a test can count what was run.</summary>
[RpcService]
public interface IOrdeal
{
    /// <summary>Returns at once.</summary>
    Task<int> Echo(int n);

    /// <summary>Takes any amount of text.</summary>
    Task<int> Measure(string text);

    /// <summary>Notes its run and returns.</summary>
    Task<string> Run(string id);

    /// <inheritdoc cref="Run"/>
    [RpcMethod(Idempotent = true)]
    Task<string> RunAgain(string id);

    /// <summary>Notes its run and waits until the gate is opened.</summary>
    Task<string> Hold(string id, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Hold"/>
    [RpcMethod(Idempotent = true)]
    Task<string> HoldAgain(string id, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Hold"/>
    [RpcMethod(AckBeforeRun = true)]
    Task<string> HoldAcknowledged(string id, CancellationToken cancellationToken = default);

    /// <summary>Notes its run and kills the server's process.</summary>
    Task Kill(string id);

    /// <inheritdoc cref="Kill"/>
    [RpcMethod(Idempotent = true)]
    Task KillAgain(string id);

    /// <summary>Notes its run, one way.</summary>
    [RpcMethod(OneWay = true)]
    Task Note(string id);
}
