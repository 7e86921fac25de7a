using System.Diagnostics;
using Rpc.TestKit.Broker.Processes;

namespace Rpc.TestKit.Interop;

/// <summary>A running program of tests/interop, or any other: its output can be waited for, and it is ended by its process id.</summary>
public sealed class ForeignProgram : IAsyncDisposable
{
    /// <summary>What the servers of tests/interop print when they consume.</summary>
    public const string ReadyLine = "ready";

    static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);
    static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    readonly Process _process;
    readonly string _commandLine;
    readonly string _folder;
    readonly OutputLines _output = new();
    readonly OutputLines _errors = new();
    readonly Task _read;
    bool _disposed;

    ForeignProgram(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _folder = TestFolder.Create("program");
        start.Environment[TestFolder.OwnerVariable] = _folder;
        start.Environment["PYTHONUNBUFFERED"] = "1";
        _commandLine = string.Join(' ', [command, .. start.ArgumentList]);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _read = Task.WhenAll(_output.ReadToEndAsync(_process.StandardOutput), _errors.ReadToEndAsync(_process.StandardError));
    }

    /// <summary>The process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it printed to stdout so far.</summary>
    public IReadOnlyList<string> Lines => _output.Snapshot();

    /// <summary>What it printed to stderr so far.</summary>
    public string Errors => string.Join('\n', _errors.Snapshot());

    /// <summary>
    /// Starts a program of tests/interop and returns when it printed <see cref="ReadyLine"/>.
    /// Skips the calling test when its language or AMQP client is missing, and fails it under CI=true.
    /// </summary>
    /// <param name="program">The file's name, for example fib_server.py or FibServer.java.</param>
    /// <param name="args">Its arguments.</param>
    public static Task<ForeignProgram> StartAsync(string program, params string[] args)
    {
        var (command, arguments) = ForeignCommand.Find(program);
        return StartCommandAsync(command, [.. arguments, .. args], line => line == ReadyLine);
    }

    /// <summary>Starts any command and returns when it printed a line that <paramref name="ready"/> accepts.</summary>
    public static async Task<ForeignProgram> StartCommandAsync(string command, IEnumerable<string> arguments, Predicate<string> ready)
    {
        var program = new ForeignProgram(command, arguments);
        try
        {
            await program.WaitForLineAsync(ready);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program of tests/interop to its end. Skips or fails like <see cref="StartAsync"/>.</summary>
    /// <exception cref="TimeoutException">It was still running at the deadline, thirty seconds unless given; it is killed.</exception>
    public static async Task<ForeignRun> RunToEndAsync(string program, IEnumerable<string> args, TimeSpan? deadline = null)
    {
        var (command, arguments) = ForeignCommand.Find(program);
        return await RunCommandToEndAsync(command, [.. arguments, .. args], deadline);
    }

    /// <summary>Runs any command to its end.</summary>
    /// <exception cref="TimeoutException">It was still running at the deadline, thirty seconds unless given; it is killed.</exception>
    public static async Task<ForeignRun> RunCommandToEndAsync(string command, IEnumerable<string> arguments, TimeSpan? deadline = null)
    {
        await using var program = new ForeignProgram(command, arguments);
        return await program.WaitForEndAsync(deadline);
    }

    /// <summary>The first line of stdout that matches, printed already or yet to come.</summary>
    /// <exception cref="TimeoutException">There was none within the deadline, thirty seconds unless given.</exception>
    /// <exception cref="InvalidOperationException">The program ended without it.</exception>
    public async Task<string> WaitForLineAsync(Predicate<string> match, TimeSpan? deadline = null)
    {
        using var expired = new CancellationTokenSource(deadline ?? DefaultDeadline);
        try
        {
            if (await _output.FindAsync(match, expired.Token) is { } line)
                return line;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(Describe("did not print the line waited for in time"));
        }
        await _read;
        throw new InvalidOperationException(Describe("ended without the line waited for"));
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <exception cref="TimeoutException">It was still running at the deadline, thirty seconds unless given.</exception>
    public async Task<ForeignRun> WaitForEndAsync(TimeSpan? deadline = null)
    {
        using var expired = new CancellationTokenSource(deadline ?? DefaultDeadline);
        try
        {
            await _process.WaitForExitAsync(expired.Token);
            await _read.WaitAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(Describe("was still running at the deadline"));
        }
        return new ForeignRun(_process.ExitCode, Lines, Errors);
    }

    /// <summary>Asks it to end (SIGTERM), kills it if it does not within five seconds, and returns what it left.</summary>
    public async Task<ForeignRun> StopAsync()
    {
        if (!_process.HasExited)
            Signal.Send(_process.Id, Signal.Terminate);
        try
        {
            return await WaitForEndAsync(StopDeadline);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return await WaitForEndAsync(StopDeadline);
        }
    }

    /// <summary>Has it stand still, as a machine does that is moved or out of memory.</summary>
    public void Pause() => Signal.Send(_process.Id, Signal.Stop);

    /// <summary>Lets it go on.</summary>
    public void GoOn() => Signal.Send(_process.Id, Signal.Continue);

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
            await KillAsync();
        await OwnedProcesses.EndAllAsync(_folder, StopDeadline);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string Describe(string what) => $"{_commandLine} {what}.\n--- stdout\n{string.Join('\n', Lines)}\n--- stderr\n{Errors}";
}
