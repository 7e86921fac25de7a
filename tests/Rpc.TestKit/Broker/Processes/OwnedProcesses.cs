using System.Globalization;
using System.Text;

namespace Rpc.TestKit.Broker.Processes;

/// <summary>The running processes that carry a test folder in their environment: those we started, and their descendants.</summary>
static class OwnedProcesses
{
    /// <summary>The ids of the processes that run for <paramref name="folder"/>.</summary>
    public static IReadOnlyList<int> FindIn(string folder)
    {
        var mark = Encoding.UTF8.GetBytes($"{TestFolder.OwnerVariable}={folder}\0");
        var found = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var id) && ReadEnvironment(entry).AsSpan().IndexOf(mark) >= 0)
                found.Add(id);
        }
        return found;
    }

    /// <summary>Kills what runs for <paramref name="folder"/> and returns when nothing does any more.</summary>
    /// <exception cref="TimeoutException">A process is still there at the deadline.</exception>
    public static async Task EndAllAsync(string folder, TimeSpan deadline)
    {
        using var expired = new CancellationTokenSource(deadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var left = FindIn(folder); left.Count > 0; left = FindIn(folder))
        {
            foreach (var id in left)
                Signal.Send(id, Signal.Kill);
            try
            {
                await poll.WaitForNextTickAsync(expired.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Still running {deadline} after they were killed: processes {string.Join(", ", left)} of {folder}.");
            }
        }
    }

    // Empty for a process that has ended, is a zombie, or belongs to another user.
    static byte[] ReadEnvironment(string entry)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(entry, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
