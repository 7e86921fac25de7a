using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>A contract as the classifier sees it: what can be called, what cannot, and why.</summary>
internal sealed class ContractShape(INamedTypeSymbol contract, ServiceAttribute attribute)
{
    public INamedTypeSymbol Contract { get; } = contract;

    public ServiceAttribute Attribute { get; } = attribute;

    /// <summary>The service's wire name.</summary>
    public string Service { get; } = attribute.Name ?? TypeText.WireName(contract);

    /// <summary>Everything the analyzer reports, that of members included.</summary>
    public List<Problem> Problems { get; } = [];

    public List<MethodShape> Methods { get; } = [];

    /// <summary>Members of which no call can be made, each with its first problem.</summary>
    public List<(ISymbol Member, Problem Problem)> Unsupported { get; } = [];

    /// <summary>The bases that are contracts themselves, direct and transitive.</summary>
    public List<INamedTypeSymbol> Bases { get; } = [];

    /// <summary>Methods of those bases, each with the contract that has it in its service.</summary>
    public List<(INamedTypeSymbol Base, IMethodSymbol Method)> Forwarded { get; } = [];

    public Disposal Disposal { get; set; }

    /// <summary>Whether a class can implement the interface at all, and be named where one is needed.</summary>
    public bool IsImplementable { get; set; } = true;
}
