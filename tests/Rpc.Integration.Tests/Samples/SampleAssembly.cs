namespace Rpc.Integration.Tests.Samples;

/// <summary>Where the samples' programs are.</summary>
internal static class SampleAssembly
{
    // Built beside this assembly, in the same configuration: …/tests/Rpc.Integration.Tests/bin/<configuration>/<framework>/.
    public static string Find(string sample)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", sample, "bin", output.Parent.Name, output.Name, $"{sample}.dll");
    }
}
