namespace Rpc.Generator.Model;

/// <summary>The task that a remote method returns.</summary>
internal enum ReturnShape
{
    Task,
    ValueTask,
}
