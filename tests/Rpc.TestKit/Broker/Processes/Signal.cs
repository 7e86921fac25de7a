using System.Runtime.InteropServices;

namespace Rpc.TestKit.Broker.Processes;

/// <summary>Sends a signal to a process; .NET itself can send SIGKILL only.</summary>
static class Signal
{
    /// <summary>SIGTERM: end in good order.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCONT: go on after <see cref="Stop"/>.</summary>
    public const int Continue = 18;

    /// <summary>SIGSTOP: stand still.</summary>
    public const int Stop = 19;

    /// <summary>SIGKILL: end at once.</summary>
    public const int Kill = 9;

    /// <summary>Sends it; a process that has gone meanwhile is not an error.</summary>
    public static void Send(int processId, int signal) => _ = SendNative(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendNative(int processId, int signal);
}
