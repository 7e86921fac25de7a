using System.Diagnostics;
using System.Text;

namespace Rpc.Packaging.Tests;

/// <summary>Runs the .NET command line as a user would, whatever the test run around it has set.</summary>
internal static class Dotnet
{
    // Far more than anything here takes, so that only what hangs meets it.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(4);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and everything it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start);
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var expired = new CancellationTokenSource(s_deadline);
        try
        {
            await process.WaitForExitAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', start.ArgumentList)} did not end:\n{output}");
        }

        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static async Task<string> SucceedAsync(string folder, params IEnumerable<string> arguments)
    {
        var (exitCode, output) = await RunAsync(folder, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Without what a test host inherits from the SDK that started it, and without servers that would outlive the test.</summary>
    private static void SetEnvironment(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
