using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Fixes of parameters that cannot travel as they are declared.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParameterFixProvider))]
[Shared]
public sealed class ParameterFixProvider() : FixProvider(new RemoveModifierFix(), new MoveTokenFix(), new NonNullableTokenFix(), new RemoveTokenFix());
