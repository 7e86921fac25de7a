using Rpc.TestKit.Broker;

namespace Rpc.TestKit.Interop;

/// <summary>How a program of tests/interop is started on this machine.</summary>
static class ForeignCommand
{
    // Debian's interpreter by its full path: another python3 that is first on the PATH does not see Debian's pika.
    const string Python = "/usr/bin/python3";
    const string Pika = "/usr/lib/python3/dist-packages/pika";
    const string JarFolder = "/usr/share/java";

    /// <summary>The command line. Skips the calling test when the language or its AMQP client is missing, and fails it under CI=true.</summary>
    /// <param name="program">The file's name, for example fib_server.py.</param>
    public static (string Command, string[] Arguments) Find(string program) => Path.GetExtension(program) switch
    {
        ".py" => FindPython(program),
        ".java" => FindJava(program),
        _ => throw new ArgumentException($"'{program}' is neither a .py nor a .java file.", nameof(program)),
    };

    static (string, string[]) FindPython(string program)
    {
        if (!File.Exists(Python) || !Directory.Exists(Pika))
            Requirement.Missing("python3-pika is not installed (./test.sh installs it)");
        // -B: no __pycache__ in the source tree.
        return (Python, ["-B", SourceOf("python", program)]);
    }

    static (string, string[]) FindJava(string program)
    {
        string[] jars = [Jar("amqp-client"), Jar("slf4j-api"), Jar("slf4j-nop")];
        if (!jars.All(File.Exists))
            Requirement.Missing("librabbitmq-client-java is not installed (./test.sh installs it)");
        if (FindOnPath("javac") is null || FindOnPath("java") is not { } java)
            Requirement.Missing("a JDK is not installed (./test.sh installs it)");
        else
            // Started from source: half a second, and no class files to keep up to date or to delete.
            return (java, ["-cp", string.Join(Path.PathSeparator, jars), SourceOf("java", program)]);
        return default;
    }

    static string Jar(string name) => Path.Combine(JarFolder, $"{name}.jar");

    static string SourceOf(string language, string program)
    {
        // Not by [CallerFilePath]: a deterministic build may replace it.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var source = Path.Combine(folder.FullName, "tests", "interop", language, program);
            if (File.Exists(source))
                return source;
        }
        throw new FileNotFoundException($"No tests/interop/{language}/{program} above {AppContext.BaseDirectory}.");
    }

    static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
