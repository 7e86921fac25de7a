namespace Rpc.TestKit.FaultPoints;

/// <summary>An exception that cannot be put into words: its own code throws.</summary>
public sealed class UnspeakableException : Exception
{
    /// <inheritdoc/>
    public override string Message => throw new InvalidOperationException("no words");

    /// <inheritdoc/>
    public override string ToString() => throw new InvalidOperationException("no words");
}
