namespace Rpc.TestKit.Contracts;

/// <summary>A struct as payload.</summary>
public readonly record struct Point(double X, double Y);
