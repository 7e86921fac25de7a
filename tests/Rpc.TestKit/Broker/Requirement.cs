using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Rpc.TestKit.Broker;

/// <summary>What a test needs from the machine.</summary>
static class Requirement
{
    /// <summary>Ends the calling test: skipped with the reason, or failed where CI=true, because there everything must be had.</summary>
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail($"{reason}; under CI=true nothing may be skipped");
        Assert.Skip(reason);
    }
}
