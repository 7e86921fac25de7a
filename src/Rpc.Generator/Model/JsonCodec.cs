namespace Rpc.Generator.Model;

/// <summary>How a value is written to JSON and read from it.</summary>
/// <param name="Form">Which way.</param>
/// <param name="Name">System.Text.Json's name of the type, such as <c>Int32</c>; empty for <see cref="JsonForm.Metadata"/>.</param>
internal sealed record JsonCodec(JsonForm Form, string Name);
