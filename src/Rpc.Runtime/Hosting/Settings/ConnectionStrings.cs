using Microsoft.Extensions.Configuration;
using Rpc.Transport;

namespace Rpc.Hosting.Settings;

/// <summary>Finds the connection string of a client or server that was not given one in code.</summary>
internal static class ConnectionStrings
{
    /// <summary>The key inside a section of <c>Rpc</c>.</summary>
    public const string Key = "ConnectionString";

    /// <summary>Where all clients and servers look that have none of their own.</summary>
    public static readonly string[] Common = ["Rpc:" + Key, "ConnectionStrings:rabbitmq"];

    /// <summary>The first key that is set.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="keys">The keys, in the order in which they count.</param>
    /// <returns>The key and its value; <see langword="null"/> if none is set.</returns>
    public static (string Key, string Value)? Find(IConfiguration? configuration, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (configuration?[key] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return (key, value);
            }
        }

        return null;
    }

    /// <summary>What is wrong with the connection string; <see langword="null"/> if nothing is.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="plan">The client or server.</param>
    public static string? Problem(IConfiguration? configuration, Plan plan)
    {
        if (plan.ConnectionString is not null)
        {
            return null; // checked when it was given
        }

        var keys = string.Join("', '", plan.ConnectionStringKeys);
        if (Find(configuration, plan.ConnectionStringKeys) is not { } found)
        {
            return $"{plan.What} has no connection string: give one to {plan.Method}, or set one of the configuration keys '{keys}'.";
        }

        try
        {
            TransportFactory.Display(found.Value);
            return null;
        }
        catch (ArgumentException invalid)
        {
            return $"'{found.Key}': {OptionProblems.TextOf(invalid)}"; // without the value: it may hold a password
        }
    }
}
