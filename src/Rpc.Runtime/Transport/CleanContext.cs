namespace Rpc.Transport;

/// <summary>
/// The execution context in which nothing is set. What serves many calls runs in it: otherwise the trace, the culture and the ambient values of whichever
/// caller came first would be everybody's. Thread-safe.
/// </summary>
internal static class CleanContext
{
    private static readonly ExecutionContext s_context = Capture();

    /// <summary>Whether it is the current one.</summary>
    public static bool IsCurrent => ExecutionContext.Capture() == s_context;

    /// <summary>Runs something in it, here and now.</summary>
    /// <param name="callback">What is run.</param>
    /// <param name="state">Its argument.</param>
    public static void Run(ContextCallback callback, object state) => ExecutionContext.Run(s_context, callback, state);

    // No thread but a new one is sure to have none set, and none suppressed.
    private static ExecutionContext Capture()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
