namespace Rpc.Integration.Tests.Overload;

/// <summary>Tests that count what a server gets done in time: others beside them would take part of the machine from it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
