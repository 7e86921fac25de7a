namespace Rpc.Generator.Diagnostics;

/// <summary>Ids of everything the analyzer and the generator report. Once shipped, an id keeps its meaning; docs/diagnostics has a page for each.</summary>
internal static class DiagnosticIds
{
    public const string InaccessibleContract = "RPC0001";
    public const string GenericContract = "RPC0002";
    public const string NoMethods = "RPC0003";
    public const string DuplicateService = "RPC0004";
    public const string LiftedBase = "RPC0005";
    public const string ConflictingMethods = "RPC0006";
    public const string DuplicateQueue = "RPC0007";

    public const string Property = "RPC0101";
    public const string Event = "RPC0102";
    public const string GenericMethod = "RPC0103";
    public const string StaticAbstractMember = "RPC0104";
    public const string ProtectedMember = "RPC0105";
    public const string UnnamedOverload = "RPC0106";
    public const string DuplicateMethodName = "RPC0107";
    public const string AttributeOnLocalMethod = "RPC0108";

    public const string ByReferenceParameter = "RPC0201";
    public const string UnsupportedParameter = "RPC0202";
    public const string SecondToken = "RPC0203";
    public const string TokenNotLast = "RPC0204";
    public const string NullableToken = "RPC0205";
    public const string NoToken = "RPC0206";
    public const string Stream = "RPC0207";
    public const string UnknownPayload = "RPC0208";
    public const string OptionalNotLast = "RPC0209";

    public const string UnsupportedReturn = "RPC0301";
    public const string VoidReturn = "RPC0302";
    public const string NestedAsyncReturn = "RPC0303";
    public const string OneWayResult = "RPC0304";
    public const string ReferenceReturn = "RPC0305";
    public const string TupleNames = "RPC0306";
    public const string BareShape = "RPC0307";

    public const string WireName = "RPC0401";
    public const string NoJsonContext = "RPC0501";
    public const string DroppedMember = "RPC0502";
    public const string ImpossiblePayload = "RPC0503";

    public const string NotAContract = "RPC0601";
    public const string BlockingCall = "RPC0603";
    public const string RetryOfOneTimeMethod = "RPC0604";
    public const string TokenNotPassedOn = "RPC0605";
    public const string Timeout = "RPC0606";

    public const string GeneratorFailure = "RPC0901";
}
