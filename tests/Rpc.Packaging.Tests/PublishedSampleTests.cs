using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rpc.Packaging.Tests;

/// <summary>
/// <c>samples/Fib</c>, published as programs without reflection are, from a copy of the sources: what is published in the repository itself would get in the way of other builds.
/// Warnings are errors there, so a publication that succeeds has none.
/// </summary>
public sealed class PublishedSampleTests(Packages packages)
{
    // What restoring and linking say where a machine has no registry with the runtime's packages, or no linker.
    private static readonly string[] s_missing = ["NU1101", "NU1102", "NU1103", "NU1301", "NETSDK1094", "Platform linker", "requires clang"];

    [Fact]
    public async Task Trimmed_program_has_no_warnings_and_runs()
    {
        var program = await PublishAsync("trimmed", "--self-contained", "-p:PublishTrimmed=true");

        // Trimmed indeed: of the framework only what is used is there, and no reflection-based JSON is left to fall back on.
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(program)!, "System.Xml.Linq.dll")));
        Assert.Contains("\"System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault\": false", await File.ReadAllTextAsync(program + ".runtimeconfig.json"), StringComparison.Ordinal);
        await AssertRunsAsync(program);
    }

    [Fact]
    public async Task Native_program_has_no_warnings_and_runs()
    {
        var program = await PublishAsync("native", "-p:PublishAot=true");

        Assert.False(File.Exists(program + ".dll"));
        Assert.False(File.Exists(program + ".runtimeconfig.json"));
        await AssertRunsAsync(program);
    }

    /// <summary>The test above would see a warning: a program that calls what trimming may remove is not published.</summary>
    [Fact]
    public async Task Program_that_trimming_would_break_is_not_published()
    {
        var folder = Sources.Copy(packages.Root, "broken");
        await File.WriteAllTextAsync(Path.Combine(folder, "samples", "Fib", "Broken.cs"), """
            internal static class Broken
            {
                public static string Write(object value) => System.Text.Json.JsonSerializer.Serialize(value);
            }
            """);

        var (exitCode, output) = await Dotnet.RunAsync(Path.Combine(folder, "samples", "Fib"), "build", "-c", "Release");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error IL2026", output, StringComparison.Ordinal);
        Assert.Contains("error IL3050", output, StringComparison.Ordinal);
    }

    private async Task<string> PublishAsync(string name, params string[] options)
    {
        var folder = Sources.Copy(packages.Root, name);
        var target = Path.Combine(folder, "published");
        var (exitCode, output) = await Dotnet.RunAsync(
            Path.Combine(folder, "samples", "Fib"), ["publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", target, "-m:1", .. options]);
        if (exitCode != 0 && Array.Find(s_missing, missing => output.Contains(missing, StringComparison.Ordinal)) is { } reason)
        {
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), output);
            Assert.Skip($"{string.Join(' ', options)} is not possible on this machine: {reason}");
        }

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(target, "Fib");
    }

    private static async Task AssertRunsAsync(string program)
    {
        // Not by way of the installed runtime: what is published brings its own.
        using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_ROOT"] = "/nowhere" } })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var expired = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.Equal((0, ""), (process.ExitCode, await errors));
        var lines = (await output).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(31, lines.Length);
        Assert.Contains("fib(20) = 6765", lines);
        Assert.Equal("fib(30) = 832040", lines[^1]);
    }
}
