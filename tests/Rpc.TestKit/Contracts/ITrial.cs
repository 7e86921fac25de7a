namespace Rpc.TestKit.Contracts;

/// <summary>A method for each rule about calls that may run a second time. The tests say what the handlers do.</summary>
[RpcService]
public interface ITrial
{
    /// <summary>May run once.</summary>
    Task<string> Run(string text, CancellationToken cancellationToken = default);

    /// <summary>May run any number of times.</summary>
    [RpcMethod(Idempotent = true)]
    Task<string> Repeat(string text, CancellationToken cancellationToken = default);

    /// <summary>Its request is acknowledged before it runs.</summary>
    [RpcMethod(AckBeforeRun = true)]
    Task<string> RunAcknowledged(string text, CancellationToken cancellationToken = default);

    [RpcMethod(OneWay = true)]
    Task Note(string text);

    [RpcMethod(OneWay = true, Idempotent = true)]
    Task NoteAgain(string text);
}
