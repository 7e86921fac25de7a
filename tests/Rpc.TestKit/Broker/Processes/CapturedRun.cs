using System.Diagnostics;

namespace Rpc.TestKit.Broker.Processes;

/// <summary>A program that ran to its end.</summary>
sealed record CapturedRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs <paramref name="program"/> with exactly the given environment; it is killed at the deadline.</summary>
    /// <exception cref="TimeoutException">It was still running at the deadline.</exception>
    public static async Task<CapturedRun> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan deadline)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var expired = new CancellationTokenSource(deadline);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(expired.Token);
            var errors = process.StandardError.ReadToEndAsync(expired.Token);
            await process.WaitForExitAsync(expired.Token);
            return new CapturedRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} was still running after {deadline.TotalSeconds} s.");
        }
    }
}
