using System.Text.Json.Serialization;

namespace Rpc.Bench.Load;

/// <summary>The methods that are measured.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkItem>))]
internal enum WorkItem
{
    /// <summary>An int in, an int out.</summary>
    Next,

    /// <summary>A record of 1 KiB both ways.</summary>
    Echo,

    /// <summary>A handler that waits 5 ms.</summary>
    Pause,

    /// <summary>A handler of 20 µs.</summary>
    Brief,

    /// <summary>A handler of 50 ms.</summary>
    Slow,

    /// <summary>A handler of 10 µs or 20 ms.</summary>
    Changing,
}
