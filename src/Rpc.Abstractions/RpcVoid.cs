namespace Rpc;

/// <summary>The result type of a method that returns <see cref="Task"/> or <see cref="ValueTask"/>. It has no bytes on the wire.</summary>
public readonly record struct RpcVoid;
