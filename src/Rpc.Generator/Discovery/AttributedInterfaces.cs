using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rpc.Generator.Discovery;

/// <summary>
/// The interfaces of one file that have attributes, and what those are called there. Only the compiler knows what a name means; names that cannot
/// mean <c>[RpcService]</c> keep it from being asked about every interface.
/// </summary>
internal sealed class AttributedInterfaces
{
    private const string Suffix = "Attribute";

    private static readonly ConditionalWeakTable<SyntaxTree, AttributedInterfaces> s_ofTrees = new();

    private readonly List<(InterfaceDeclarationSyntax Interface, string[] Names)> _interfaces = [];

    // Any alias, whatever it says it stands for: it can stand for another alias, and that for the attribute.
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _globalAliases = new(StringComparer.Ordinal);

    private AttributedInterfaces(CompilationUnitSyntax unit)
    {
        AddAliases(unit.Usings);
        AddMembers(unit.Members);
    }

    /// <summary>Aliases that hold in other files too, without the suffix that attributes can do without.</summary>
    public IEnumerable<string> GlobalAliases => _globalAliases;

    /// <summary>Looks at each file once, and keeps what was found as long as the file.</summary>
    public static AttributedInterfaces Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_ofTrees.TryGetValue(tree, out var known))
        {
            return known;
        }

        var found = new AttributedInterfaces(((CSharpSyntaxTree)tree).GetCompilationUnitRoot(cancellationToken));
        return s_ofTrees.GetValue(tree, _ => found);
    }

    /// <summary>Interfaces with an attribute of one of these names, or of an alias in this file.</summary>
    public IEnumerable<InterfaceDeclarationSyntax> Named(ISet<string> names) => _interfaces
        .Where(item => item.Names.Any(name => names.Contains(name) || _aliases.Contains(name)))
        .Select(static item => item.Interface);

    private void AddMembers(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            if (member is InterfaceDeclarationSyntax { AttributeLists.Count: > 0 } found)
            {
                _interfaces.Add((found, found.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => NameOf(attribute.Name)).ToArray()));
            }

            if (member is BaseNamespaceDeclarationSyntax @namespace)
            {
                AddAliases(@namespace.Usings);
                AddMembers(@namespace.Members);
            }
            else if (member is TypeDeclarationSyntax type)
            {
                AddMembers(type.Members);
            }
        }
    }

    private void AddAliases(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings.Where(static directive => directive.Alias is not null))
        {
            var aliases = directive.GlobalKeyword.IsKind(SyntaxKind.None) ? _aliases : _globalAliases;
            aliases.Add(WithoutSuffix(directive.Alias!.Name.Identifier.ValueText));
        }
    }

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        AliasQualifiedNameSyntax qualified => NameOf(qualified.Name),
        _ => WithoutSuffix(((SimpleNameSyntax)name).Identifier.ValueText),
    };

    private static string WithoutSuffix(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
}
