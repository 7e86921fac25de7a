using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Fixes of methods that cannot be called as they are declared.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MethodFixProvider))]
[Shared]
public sealed class MethodFixProvider() : FixProvider(new ReturnTaskFix(), new OneWayFix(), new NameOverloadFix());
