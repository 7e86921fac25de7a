namespace Rpc.Generator;

/// <summary>Names of the pipeline's steps, by which tests ask whether a second run was cached.</summary>
internal static class StepNames
{
    public const string Parse = nameof(Parse);
    public const string Contract = nameof(Contract);
    public const string HintNames = nameof(HintNames);
    public const string File = nameof(File);
}
