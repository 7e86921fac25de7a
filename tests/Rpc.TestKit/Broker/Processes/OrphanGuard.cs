using System.Diagnostics;

namespace Rpc.TestKit.Broker.Processes;

/// <summary>
/// A shell that outlives this process by a moment: when this process ends, however it ends, it kills what was started in the
/// test folder and deletes the folder.
/// </summary>
/// <remarks>
/// An exit handler would not do: a test run that hangs is ended with SIGKILL, which nobody can handle. The guard reads from a pipe
/// whose only writing end is ours (.NET opens it close-on-exec, so no other child has it); the kernel closes that end with the process.
/// A process is killed only if its environment names the folder, so a process id used again by a stranger is safe.
/// </remarks>
static class OrphanGuard
{
    // Fifty rounds, a tenth of a second apart: a killed node's port programs notice and go by themselves, but not at once.
    const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        folder=$1
        read -r _
        round=0
        while [ $round -lt 50 ]; do
            pids=$(grep -lsF "$2=$folder/" /proc/[0-9]*/environ | tr -dc '0-9\n')
            [ -n "$pids" ] || break
            kill -9 $pids
            sleep 0.1
            round=$((round + 1))
        done
        rm -rf -- "$folder"
        """;

    // Held until this process ends: collecting it would close the pipe.
    static Process? _shell;

    public static void Start(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", Script, "rpc-test-guard", folder, TestFolder.OwnerVariable])
            start.ArgumentList.Add(argument);
        // Nothing of ours in its environment: whoever ends this process and its children by theirs must not end the guard.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        _shell = Process.Start(start);
    }
}
