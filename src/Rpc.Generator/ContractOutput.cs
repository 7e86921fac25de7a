using System;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Model;

namespace Rpc.Generator;

/// <summary>Adds one contract's file, or says that there is none: a failure must never look like a contract that nobody annotated.</summary>
internal static class ContractOutput
{
    public static void Add(SourceProductionContext output, ContractFile file, Func<ContractModel, string> emit)
    {
        try
        {
            if (file.Contract.Model is { } model)
            {
                output.AddSource(file.HintName, emit(model));
            }
            else
            {
                Report(output, file, file.Contract.Failure ?? "");
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Report(output, file, exception.ToString());
        }
    }

    /// <summary>Diagnostics are one line; the stack goes with it, since nobody can attach a debugger to a build that failed elsewhere.</summary>
    private static void Report(SourceProductionContext output, ContractFile file, string failure) => output.ReportDiagnostic(Diagnostic.Create(
        Descriptors.GeneratorFailure,
        Location.None,
        file.Contract.FullName,
        failure.Replace("\r", "").Replace("\n", " | ")));
}
