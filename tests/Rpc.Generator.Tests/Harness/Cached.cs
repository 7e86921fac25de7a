using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Asserts that a run of the generator did nothing.</summary>
internal static class Cached
{
    public static IReadOnlyList<string> Steps { get; } = [StepNames.Parse, StepNames.Contract, StepNames.HintNames, StepNames.File];

    /// <summary>Whatever was looked at again came out as it was, and no file was made anew.</summary>
    public static void AssertAll(GeneratorRun run) => AssertAll(run, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);

    /// <summary>No contract was looked at.</summary>
    public static void AssertUntouched(GeneratorRun run) => AssertAll(run, IncrementalStepRunReason.Cached);

    private static void AssertAll(GeneratorRun run, params IncrementalStepRunReason[] allowed)
    {
        foreach (var step in Steps)
        {
            AssertAll(step, run.Reasons(step), allowed);
        }

        AssertAll("output", run.OutputReasons(), [IncrementalStepRunReason.Cached]);
    }

    private static void AssertAll(string step, IReadOnlyCollection<IncrementalStepRunReason> reasons, IncrementalStepRunReason[] allowed)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(allowed.Contains(reason), $"Step {step} was {reason}."));
    }
}
