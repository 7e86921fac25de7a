namespace Rpc.TestKit.Fuzz;

/// <summary>What the random choices of the fuzz tests start from: the same in every run, unless the environment says otherwise.</summary>
public static class FuzzSeed
{
    /// <summary>The environment variable with another seed.</summary>
    public const string Variable = "RPC_FUZZ_SEED";

    /// <summary>The seed of this run.</summary>
    public static int Value { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var seed) ? seed : 20_251_122;

    /// <summary>Makes the choices of one test.</summary>
    /// <param name="offset">Which test.</param>
    public static Random Start(int offset) => new(Value + offset);
}
