namespace Rpc.Runtime.Tests.Wire;

/// <summary>One call, to the byte: what our client sends and what our server answers.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arguments">The arguments, as docs/wire-format.md has them for people.</param>
/// <param name="Request">The request's body.</param>
/// <param name="Reply">The reply's body.</param>
internal sealed record CallVector(string Method, string Arguments, string Request, string Reply)
{
    /// <summary>Makes the call and returns its result; <see langword="null"/> where it has none.</summary>
    public required Func<IWireVectors, Task<object?>> CallAsync { get; init; }

    /// <summary>What the call must return.</summary>
    public required object? Result { get; init; }
}
