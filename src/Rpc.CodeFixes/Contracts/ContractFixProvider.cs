using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Fixes of interfaces that are not contracts as they stand, and of their members that are not methods.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContractFixProvider))]
[Shared]
public sealed class ContractFixProvider() : FixProvider(new AccessibleFix(), new PropertyToMethodsFix());
