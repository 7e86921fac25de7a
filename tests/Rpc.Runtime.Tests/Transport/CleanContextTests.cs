using Rpc.Transport;

namespace Rpc.Runtime.Tests.Transport;

public sealed class CleanContextTests
{
    private static readonly AsyncLocal<string?> s_ambient = new();

    [Fact]
    public void In_it_NothingIsSet_AndAfterItEverythingIsAsBefore()
    {
        s_ambient.Value = "mine";
        Assert.False(CleanContext.IsCurrent);

        var (isClean, seen) = (false, "nothing");
        CleanContext.Run(
            _ =>
            {
                (isClean, seen) = (CleanContext.IsCurrent, s_ambient.Value);
                s_ambient.Value = "another";
            },
            this);

        Assert.Equal((true, null), (isClean, seen));
        Assert.Equal("mine", s_ambient.Value);
    }

    [Fact]
    public void Where_the_flow_is_suppressed_ItIsNotTheCurrentOne()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Assert.False(CleanContext.IsCurrent);
            var isClean = false;
            CleanContext.Run(_ => isClean = CleanContext.IsCurrent, this);
            Assert.True(isClean);
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }
    }

    [Fact]
    public async Task What_goes_on_after_a_wait_IsInIt()
    {
        s_ambient.Value = "mine";
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?>? seen = null;
        CleanContext.Run(_ => seen = LookAfterAsync(wait.Task), this);
        wait.SetResult();

        Assert.Null(await seen!);

        static async Task<string?> LookAfterAsync(Task wait)
        {
            await wait.ConfigureAwait(false);
            return s_ambient.Value;
        }
    }
}
