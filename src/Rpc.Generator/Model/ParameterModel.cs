namespace Rpc.Generator.Model;

/// <summary>One parameter of a remote method.</summary>
/// <param name="Local">Its name in the proxy: the user's, unless that clashes with a name used there.</param>
/// <param name="Type">Its type.</param>
/// <param name="Argument">How it travels; <see langword="null"/> for the cancellation token, which does not.</param>
internal sealed record ParameterModel(string Local, string Type, ArgumentModel? Argument);
