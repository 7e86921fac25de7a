using System.Diagnostics;

namespace Rpc.TestKit.Broker.Processes;

/// <summary>A process that works in a test folder, writes its output to a file there, and is ended by its id.</summary>
sealed class OwnedProcess : IDisposable
{
    readonly Process _process;

    OwnedProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <paramref name="program"/> with exactly the given environment, output appended to <paramref name="outputFile"/>.</summary>
    /// <remarks>
    /// To a file, not through a pipe: a pipe would be inherited by the node's port programs, and waiting for the end of
    /// the output would then wait for them. The shell replaces itself, so the id is the program's own.
    /// </remarks>
    public static OwnedProcess Start(string program, IEnumerable<string> arguments, string outputFile, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(outputFile) };
        foreach (var argument in (string[])["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", outputFile, program, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new OwnedProcess(Process.Start(start)!);
    }

    public void Send(int signal)
    {
        // An id that was waited for may be a stranger's by now.
        if (!_process.HasExited)
            Signal.Send(_process.Id, signal);
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    public void Dispose() => _process.Dispose();
}
