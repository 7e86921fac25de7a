using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Asserts that a run of the generator did nothing.</summary>
internal static class Cached
{
    public static IReadOnlyList<string> Steps { get; } = [StepNames.Contract, StepNames.HintNames, StepNames.File];

    public static void AssertAll(GeneratorRun run)
    {
        foreach (var step in Steps)
        {
            AssertAll(step, run.Reasons(step));
        }

        AssertAll("output", run.OutputReasons());
    }

    private static void AssertAll(string step, IReadOnlyCollection<IncrementalStepRunReason> reasons)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
            $"Step {step} was {reason}."));
    }
}
