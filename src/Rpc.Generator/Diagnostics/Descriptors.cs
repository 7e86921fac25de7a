using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <summary>What the analyzer and the generator can report. Every message says what is allowed instead.</summary>
internal static partial class Descriptors
{
    private const string Category = "Rpc";
    private const string Pages = "docs/diagnostics/";
    private const string Page = ".md";

    /// <summary>What the analyzer reports: all but <see cref="GeneratorFailure"/>, which only the generator can see.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfContracts => ImmutableArray.Create(
        InaccessibleContract,
        GenericContract,
        NoMethods,
        DuplicateService,
        LiftedBase,
        ConflictingMethods,
        DuplicateQueue,
        Property,
        Event,
        GenericMethod,
        StaticAbstractMember,
        ProtectedMember,
        UnnamedOverload,
        DuplicateMethodName,
        AttributeOnLocalMethod,
        ByReferenceParameter,
        UnsupportedParameter,
        SecondToken,
        TokenNotLast,
        NullableToken,
        NoToken,
        Stream,
        UnknownPayload,
        OptionalNotLast,
        UnsupportedReturn,
        VoidReturn,
        NestedAsyncReturn,
        OneWayResult,
        TupleNames,
        ReferenceReturn,
        BareShape,
        WireName,
        NoJsonContext,
        DroppedMember,
        ImpossiblePayload,
        Timeout);
}
