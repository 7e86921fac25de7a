namespace Rpc.TestKit.Stress;

/// <summary>How one call ended.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Text">What its caller was told.</param>
/// <param name="MayHaveRun">Whether its caller was told that it may have run.</param>
/// <param name="Ran">Whether it can only have ended so by running.</param>
internal readonly record struct StressEnd(string Kind, string Text, bool MayHaveRun, bool Ran);
