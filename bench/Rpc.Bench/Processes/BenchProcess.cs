using System.Diagnostics;

namespace Rpc.Bench.Processes;

/// <summary>This program, started once more with a hidden command. It ends when its standard input does, so it does not outlive this process.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_endDeadline = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _name;

    private BenchProcess(string[] arguments)
    {
        _name = string.Join(' ', arguments);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(BenchProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Starts a process and waits for its first line.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    public static async Task<(BenchProcess Process, T Ready)> StartAsync<T>(params string[] arguments)
    {
        var process = new BenchProcess(arguments);
        try
        {
            return (process, await process.ReadAsync<T>());
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells the process something, and waits for its answer.</summary>
    /// <param name="question">What it is told.</param>
    public async Task<TAnswer> AskAsync<TQuestion, TAnswer>(TQuestion question)
    {
        await _process.StandardInput.WriteLineAsync(Lines.ToLine(question));
        await _process.StandardInput.FlushAsync();
        return await ReadAsync<TAnswer>();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_endDeadline);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<T> ReadAsync<T>() =>
        Lines.Read<T>(await _process.StandardOutput.ReadLineAsync().WaitAsync(s_deadline) ?? throw new InvalidOperationException($"The process '{_name}' has ended."));
}
