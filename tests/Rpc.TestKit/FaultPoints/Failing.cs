namespace Rpc.TestKit.FaultPoints;

/// <summary>Ways to fail for what returns a task.</summary>
internal static class Failing
{
    /// <summary>Throws, at once or in the task.</summary>
    /// <param name="later">Whether the task fails.</param>
    public static ValueTask<T> Throw<T>(bool later)
    {
        return later ? LaterAsync() : throw new InvalidOperationException("at once");

        static async ValueTask<T> LaterAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("later");
        }
    }

    /// <inheritdoc cref="Throw{T}"/>
    public static async ValueTask ThrowLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("later");
    }
}
