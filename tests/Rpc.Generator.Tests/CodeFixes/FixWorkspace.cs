using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Rpc.CodeFixes.Contracts;
using Rpc.CodeFixes.Usage;
using Rpc.Generator.Tests.Harness;
using Rpc.Generator.Tests.Usage;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>A solution as an editor holds it, with generator and analyzers in each project, in which fixes are found and applied.</summary>
internal sealed class FixWorkspace : IDisposable
{
    private static readonly ImmutableArray<CodeFixProvider> s_providers =
        [new ContractFixProvider(), new MethodFixProvider(), new ParameterFixProvider(), new UsageFixProvider()];

    private static readonly AnalyzerFileReference s_generator = new(typeof(RpcGenerator).Assembly.Location, new Loaded());

    private readonly AdhocWorkspace _workspace = new();

    /// <param name="projects">The sources of each project; a project references those before it.</param>
    public FixWorkspace(params string[][] projects)
    {
        Solution = _workspace.CurrentSolution;
        var earlier = new List<ProjectId>();
        foreach (var sources in projects)
        {
            var id = ProjectId.CreateNewId();
            var name = "Project" + earlier.Count;
            var template = ContractCompiler.Compile(ContractCompiler.Usings);
            Solution = Solution
                .AddProject(ProjectInfo.Create(
                    id,
                    VersionStamp.Default,
                    name,
                    name,
                    LanguageNames.CSharp,
                    compilationOptions: template.Options,
                    parseOptions: ContractCompiler.Strict,
                    metadataReferences: [.. template.References, UsageCompiler.Runtime],
                    projectReferences: earlier.Select(static other => new ProjectReference(other)),
                    analyzerReferences: [s_generator]));
            foreach (var (source, index) in sources.Select(static (source, index) => (source, index)))
            {
                Solution = Solution.AddDocument(
                    DocumentId.CreateNewId(id), $"Source{index}.cs", SourceText.From(source), filePath: $"/{name}/Source{index}.cs");
            }

            earlier.Add(id);
        }
    }

    public Solution Solution { get; private set; }

    /// <summary>The fixes of a diagnostic, by title.</summary>
    public async Task<IReadOnlyList<string>> OfferedAsync(Diagnostic diagnostic) =>
        [.. (await FindActionsAsync(diagnostic)).Select(static found => found.Action.Title)];

    /// <summary>Applies a fix of the first diagnostic of the id, with this title if several are offered.</summary>
    public async Task ApplyAsync(string id, string? title = null)
    {
        var diagnostic = (await DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        var action = (await FindActionsAsync(diagnostic)).First(found => title is null || found.Action.Title == title).Action;
        await ApplyAsync(action);
    }

    /// <summary>Applies Fix All, as it is offered at the first diagnostic of the id.</summary>
    public async Task ApplyAllAsync(string id, FixAllScope scope, string? title = null)
    {
        var diagnostic = (await DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        var (provider, action) = (await FindActionsAsync(diagnostic)).First(found => title is null || found.Action.Title == title);
        var context = new FixAllContext(
            Solution.GetDocument(diagnostic.Location.SourceTree)!,
            provider,
            scope,
            action.EquivalenceKey!,
            [id],
            new FixAllDiagnostics(this),
            CancellationToken.None);
        await ApplyAsync((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    /// <summary>What the analyzers say, warnings and errors, in the order of the files.</summary>
    public async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync()
    {
        var found = new List<Diagnostic>();
        foreach (var project in Solution.Projects)
        {
            found.AddRange((await UsageCompiler.AnalyzeAsync((await project.GetCompilationAsync())!))
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        }

        return found;
    }

    /// <summary>Fails if a project, with its generated code, has an error or warning of the compiler.</summary>
    public async Task AssertCompilesAsync()
    {
        foreach (var project in Solution.Projects)
        {
            // CS1591: the contracts in these tests need no comments.
            var found = (await project.GetCompilationAsync())!.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591");
            Assert.True(!found.Any(), string.Join("\n", found) + "\n" + string.Join("\n", await TextsAsync()));
        }
    }

    public async Task<IReadOnlyList<string>> TextsAsync()
    {
        var texts = new List<string>();
        foreach (var document in Solution.Projects.SelectMany(static project => project.Documents))
        {
            texts.Add((await document.GetTextAsync()).ToString());
        }

        return texts;
    }

    public void Dispose() => _workspace.Dispose();

    private async Task ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private async Task<List<(CodeFixProvider Provider, CodeAction Action)>> FindActionsAsync(Diagnostic diagnostic)
    {
        var actions = new List<(CodeFixProvider, CodeAction)>();
        foreach (var provider in s_providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                Solution.GetDocument(diagnostic.Location.SourceTree)!,
                diagnostic,
                (action, _) => actions.Add((provider, action)),
                CancellationToken.None));
        }

        return actions;
    }

    /// <summary>The generator that is loaded already.</summary>
    private sealed class Loaded : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(RpcGenerator).Assembly;
    }

    private sealed class FixAllDiagnostics(FixWorkspace workspace) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await workspace.DiagnosticsAsync()).Where(diagnostic => workspace.Solution.GetDocument(diagnostic.Location.SourceTree)?.Project.Id == project.Id);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await workspace.DiagnosticsAsync()).Where(diagnostic => workspace.Solution.GetDocument(diagnostic.Location.SourceTree)?.Id == document.Id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
