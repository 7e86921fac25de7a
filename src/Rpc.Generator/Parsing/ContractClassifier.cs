using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>
/// Decides what of a contract can be called and what is wrong with the rest. The generator and the analyzer both ask here, so they never disagree.
/// </summary>
internal static class ContractClassifier
{
    public static ContractShape Classify(INamedTypeSymbol contract, ServiceAttribute attribute, CancellationToken cancellationToken) =>
        Classify(contract, attribute, new Dictionary<INamedTypeSymbol, ContractShape>(SymbolEqualityComparer.Default), cancellationToken);

    /// <summary>The same for a base contract; <paramref name="known"/> has those that were met already, and gets this one.</summary>
    public static ContractShape Classify(
        INamedTypeSymbol contract, ServiceAttribute attribute, Dictionary<INamedTypeSymbol, ContractShape> known, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(contract, out var found))
        {
            return found;
        }

        var shape = new ContractShape(contract, attribute);
        known.Add(contract, shape);
        var bases = BaseContracts.Of(contract, known, cancellationToken);
        shape.Bases.AddRange(bases.Contracts);
        CheckType(shape);
        CheckRoute(shape);
        foreach (var declarer in Declarers(contract))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddMembers(shape, declarer, bases);
        }

        MethodNames.Check(shape);
        CheckMethods(shape);
        return shape;
    }

    private static void CheckType(ContractShape shape)
    {
        if (shape.Contract.TypeKind != TypeKind.Interface || ContractAccess.Of(shape.Contract) is null)
        {
            Refuse(shape, new Problem(Descriptors.InaccessibleContract, shape.Contract, shape.Contract.Name));
        }

        // A contract inside a generic type has that type's parameters.
        if (shape.Contract.IsGenericType)
        {
            Refuse(shape, new Problem(Descriptors.GenericContract, shape.Contract, shape.Contract.Name));
        }
    }

    private static void CheckRoute(ContractShape shape)
    {
        if (WireNames.FindServiceFault(shape.Service) is { } service)
        {
            shape.Problems.Add(new Problem(Descriptors.WireName, shape.Contract, shape.Contract.Name, "service name", shape.Service, service));
        }

        if (shape.Attribute.Queue is { } name && WireNames.FindQueueFault(name) is { } queue)
        {
            shape.Problems.Add(new Problem(Descriptors.WireName, shape.Contract, shape.Contract.Name, "queue", name, queue));
        }
    }

    /// <summary>The contract, then its bases, so that the most derived of equal methods is the one that counts.</summary>
    private static IEnumerable<INamedTypeSymbol> Declarers(INamedTypeSymbol contract) => new[] { contract }.Concat(contract.AllInterfaces);

    private static void AddMembers(ContractShape shape, INamedTypeSymbol declarer, BaseContracts bases)
    {
        if (declarer.Is("System", "IDisposable") || declarer.Is("System", "IAsyncDisposable"))
        {
            shape.Disposal |= declarer.Name == "IDisposable" ? Disposal.Sync : Disposal.Async;
            return;
        }

        var before = shape.Methods.Count;
        foreach (var member in declarer.GetMembers().Where(member => MemberClassifier.IsOfContract(shape.Contract, member)))
        {
            if (bases.OwnerOf(member) is { } owner && CanImplement(shape, member))
            {
                AddForwarded(shape, member, owner);
                continue;
            }

            var problems = MemberClassifier.Classify(shape, member, out var method);
            shape.Problems.AddRange(problems);
            if (method is not null)
            {
                shape.Methods.Add(method);
            }
            else if (problems.FirstOrDefault(static problem => problem.IsError) is { } problem)
            {
                AddUnsupported(shape, member, problem);
            }
        }

        var isLifted = !SymbolEqualityComparer.Default.Equals(declarer, shape.Contract) && !bases.Have(declarer);
        if (isLifted && shape.Methods.Count > before)
        {
            shape.Problems.Add(new Problem(Descriptors.LiftedBase, shape.Contract, declarer.Name, shape.Contract.Name, shape.Service));
        }
    }

    /// <summary>What is wrong with a base's member is reported there.</summary>
    private static void AddForwarded(ContractShape shape, ISymbol member, ContractShape owner)
    {
        if (MemberClassifier.IsLocal(shape.Contract, member))
        {
            return;
        }

        if (BaseContracts.Refusal(owner, member) is { } refusal)
        {
            shape.Unsupported.Add((member, refusal));
        }
        else
        {
            shape.Forwarded.Add((owner.Contract, (IMethodSymbol)member));
        }
    }

    private static void AddUnsupported(ContractShape shape, ISymbol member, Problem problem)
    {
        if (!CanImplement(shape, member))
        {
            shape.IsImplementable = false;
        }
        else if (problem.Descriptor.Id != DiagnosticIds.AttributeOnLocalMethod)
        {
            shape.Unsupported.Add((member, problem));
        }
    }

    /// <summary>
    /// An interface with a static abstract member cannot even be a type argument, and what another assembly keeps to itself cannot be implemented here.
    /// </summary>
    private static bool CanImplement(ContractShape shape, ISymbol member) => !member.IsStatic && member.DeclaredAccessibility switch
    {
        Accessibility.Internal or Accessibility.ProtectedAndInternal => MemberClassifier.IsFriend(shape.Contract, member),
        _ => true,
    };

    private static void CheckMethods(ContractShape shape)
    {
        // Whatever else is wrong explains why there is none; a contract may add nothing to its bases.
        if (shape.Methods.Count == 0 && shape.Problems.Count == 0 && shape.Bases.Count == 0)
        {
            shape.Problems.Add(new Problem(Descriptors.NoMethods, shape.Contract, shape.Contract.Name));
        }

        // One argument and the token, or either alone.
        var fitsBare = shape.Methods.Count == 1 && ParameterClassifier.WithoutToken(shape.Methods[0].Symbol).Count() <= 1;
        if (shape.Attribute.IsBare && !fitsBare)
        {
            shape.Problems.Add(new Problem(Descriptors.BareShape, shape.Contract, shape.Contract.Name));
        }
    }

    private static void Refuse(ContractShape shape, Problem problem)
    {
        shape.Problems.Add(problem);
        shape.IsImplementable = false;
    }
}
