using System.Runtime.CompilerServices;

namespace Rpc.Generator.Tests.Harness;

/// <summary>
/// Compares text with a file beside the test, after the conventions of Verify: <c>Class.Test.verified.cs</c> is expected and under version control,
/// <c>Class.Test.received.cs</c> is written where they differ and is not. <c>RPC_ACCEPT_SNAPSHOTS=1 dotnet test tests/Rpc.Generator.Tests</c> accepts.
/// </summary>
internal static class Snapshot
{
    private static readonly string s_version = typeof(RpcGenerator).Assembly.GetName().Version!.ToString(3);

    public static void Match(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var path = Path.Combine(ProjectFiles.Tests, $"{Path.GetFileNameWithoutExtension(file)}.{test}");
        var (verified, received) = ($"{path}.verified.cs", $"{path}.received.cs");

        // A release changes the version on every class; that is not a change worth a review.
        var actual = text.Replace($"\"{s_version}\"", "\"{version}\"", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("RPC_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, actual);
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{Path.GetFileName(verified)} {(expected is null ? "is missing" : $"differs in line {FirstDifference(expected, actual)}")}; "
            + $"see {Path.GetFileName(received)}. To accept: RPC_ACCEPT_SNAPSHOTS=1 dotnet test tests/Rpc.Generator.Tests");
    }

    private static int FirstDifference(string expected, string actual) =>
        expected.Split('\n').Zip(actual.Split('\n')).TakeWhile(static pair => pair.First == pair.Second).Count() + 1;
}
