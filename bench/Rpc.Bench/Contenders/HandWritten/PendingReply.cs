using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>A call that waits for its reply.</summary>
internal abstract class PendingReply
{
    /// <summary>Ends it.</summary>
    /// <param name="body">The reply's body.</param>
    public abstract void Complete(ReadOnlyMemory<byte> body);

    /// <summary>Ends it, since it could not be sent.</summary>
    /// <param name="failure">Why.</param>
    public abstract void Fail(Exception failure);
}

/// <inheritdoc/>
internal sealed class PendingReply<T>(JsonTypeInfo<T> json) : PendingReply
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The caller's task.</summary>
    public Task<T> Task => _completion.Task;

    /// <inheritdoc/>
    public override void Complete(ReadOnlyMemory<byte> body) => _completion.SetResult(JsonSerializer.Deserialize(body.Span, json)!);

    /// <inheritdoc/>
    public override void Fail(Exception failure) => _completion.TrySetException(failure);
}
