using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes.Usage;

/// <summary>Fixes of code that uses contracts.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsageFixProvider))]
[Shared]
public sealed class UsageFixProvider() : FixProvider(new NameContractFix(), new AwaitFix(), new PassTokenFix());
