namespace Rpc.TestKit.Interop;

/// <summary>What a program that ran to its end left.</summary>
/// <param name="ExitCode">Zero: it did what was asked.</param>
/// <param name="Lines">Its stdout.</param>
/// <param name="Errors">Its stderr, to be shown where an assertion fails.</param>
public sealed record ForeignRun(int ExitCode, IReadOnlyList<string> Lines, string Errors);
