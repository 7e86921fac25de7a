namespace Rpc.Packaging.Tests;

/// <summary>Copies what is built of the repository: a build in it would get in the way of others.</summary>
internal static class Sources
{
    private static readonly string[] s_folders = ["src", Path.Combine("samples", "Fib")];
    private static readonly string[] s_files = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig", "README.md"];

    /// <summary>Copies the libraries and the sample, without what was built of them.</summary>
    /// <returns>The folder that stands for the repository's.</returns>
    public static string Copy(string root, string name)
    {
        var folder = Path.Combine(root, name);
        var files = s_folders
            .SelectMany(static part => Directory.EnumerateFiles(Path.Combine(Packages.Repository, part), "*", SearchOption.AllDirectories))
            .Concat(s_files.Select(static file => Path.Combine(Packages.Repository, file)));
        foreach (var file in files.Where(static file => !IsBuilt(file)))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Packages.Repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return folder;
    }

    private static bool IsBuilt(string file) => Path.GetRelativePath(Packages.Repository, file).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj");
}
