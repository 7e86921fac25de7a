namespace Rpc.Packaging.Tests;

/// <summary>New projects outside of the repository, which know nothing of it but the packages.</summary>
public sealed class FreshProjectTests(Packages packages)
{
    private const string Contract = """
        using System.Threading;
        using System.Threading.Tasks;
        using Rpc;

        namespace Fresh.Contracts;

        [RpcService]
        public interface IFib
        {
            Task<long> Fib(int n, CancellationToken cancellationToken = default);
        }
        """;

    private const string Program = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Fresh.Contracts;
        using Rpc;

        await using var server = await RpcServer.StartAsync(
            "memory://fresh", services => services.Add<IFib>(new FibService()).Add<IEcho>(new EchoService()));
        await using var client = await RpcClient.ConnectAsync("memory://fresh");
        Console.WriteLine(await client.Create<IFib>().With(new RpcCallOptions { Timeout = TimeSpan.FromMinutes(1) }).Fib(30));
        Console.WriteLine(await client.Create<IEcho>().Echo("from the program's own contract"));

        [RpcService]
        internal interface IEcho
        {
            Task<string> Echo(string text, CancellationToken cancellationToken = default);
        }

        internal sealed class EchoService : IEcho
        {
            public Task<string> Echo(string text, CancellationToken cancellationToken) => Task.FromResult(text);
        }

        internal sealed class FibService : IFib
        {
            public Task<long> Fib(int n, CancellationToken cancellationToken) => Task.FromResult(Compute(n));

            private static long Compute(int n) => n < 2 ? n : Compute(n - 1) + Compute(n - 2);
        }
        """;

    [Fact]
    public async Task Contract_library_with_Abstractions_alone_and_program_with_Runtime_make_calls()
    {
        var folder = packages.CreateFolder("calls");
        Write(folder, "Contracts/Contracts.csproj", Project("Rpc.Abstractions"));
        Write(folder, "Contracts/IFib.cs", Contract);
        Write(folder, "App/App.csproj", Project(
            "Rpc.Runtime", "<OutputType>Exe</OutputType>", "<ProjectReference Include=\"../Contracts/Contracts.csproj\" />"));
        Write(folder, "App/Program.cs", Program);

        await Dotnet.SucceedAsync(Path.Combine(folder, "App"), "build", "-o", "../out", "-warnaserror");
        var output = await Dotnet.SucceedAsync(folder, "out/App.dll");

        Assert.Equal(["832040", "from the program's own contract"], output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

        // The props of Abstractions come through Runtime, too.
        Assert.Contains(
            "\"PublishTrimmed\"", await Dotnet.SucceedAsync(Path.Combine(folder, "App"), "msbuild", "-getItem:CompilerVisibleProperty"), StringComparison.Ordinal);
    }

    /// <summary>What the package's own README shows: contract, serving, calling, options of a call, and what to catch. Only the broker is another one.</summary>
    [Fact]
    public async Task Example_of_the_README_in_the_package_builds_and_runs()
    {
        var blocks = packages.Read("Rpc.Runtime", "README.md").ReplaceLineEndings("\n").Split("\n```csharp\n").Skip(1).Select(static block => block.Split("\n```")[0]).ToArray();
        var contract = Assert.Single(blocks, static block => block.Contains("interface IFib", StringComparison.Ordinal));
        var call = Assert.Single(blocks, static block => block.Contains("RpcServer.StartAsync", StringComparison.Ordinal));
        var failure = Assert.Single(blocks, static block => block.Contains("catch (RpcException", StringComparison.Ordinal));
        Assert.Contains("amqp://localhost", call, StringComparison.Ordinal);
        var folder = packages.CreateFolder("readme");
        Write(folder, "App.csproj", Project("Rpc.Runtime", "<OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>"));
        Write(folder, "Program.cs", $$"""
            using Rpc;

            {{call.Replace("amqp://localhost", "memory://readme", StringComparison.Ordinal)}}
            Console.WriteLine(x);
            await using var lonely = await RpcClient.ConnectAsync("memory://nobody");
            await TryAsync(lonely.Create<IFib>());

            static async Task TryAsync(IFib fib)
            {
                {{failure.Replace("    // Not run,", "    Console.WriteLine(e.Reason);\n    // Not run,", StringComparison.Ordinal)}}
            }

            {{contract}}

            internal sealed class FibService : IFib
            {
                public Task<long> Fib(int n, CancellationToken cancellationToken) => Task.FromResult(n == 30 ? 832040L : 0);
            }
            """);

        await Dotnet.SucceedAsync(folder, "build", "-o", "out", "-warnaserror");

        var output = await Dotnet.SucceedAsync(folder, "out/App.dll");
        Assert.Equal(["832040", "NoServer"], output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Bad_contract_is_a_build_error_that_the_fix_mends()
    {
        var folder = packages.CreateFolder("bad");
        Write(folder, "Bad.csproj", Project("Rpc.Abstractions"));
        var contract = Write(folder, "IBad.cs", Contract.Replace("Task<long> Fib(int n", "Task<long> Fib(ref int n", StringComparison.Ordinal));

        var (exitCode, output) = await Dotnet.RunAsync(folder, "build");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("IBad.cs(10,28): error RPC0201: 'n' is passed by 'ref'", output, StringComparison.Ordinal);

        await Dotnet.SucceedAsync(folder, "format", "analyzers", "--no-restore", "--diagnostics", "RPC0201", "--severity", "error");

        Assert.Equal(Contract, await File.ReadAllTextAsync(contract));
        await Dotnet.SucceedAsync(folder, "build", "--no-restore", "-warnaserror");
    }

    private string Project(string package, string properties = "", string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package}" Version="[{packages.Version}]" />
            {items}
          </ItemGroup>
        </Project>
        """;

    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
