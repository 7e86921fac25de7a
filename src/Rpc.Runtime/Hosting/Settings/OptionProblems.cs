using Microsoft.Extensions.Configuration;

namespace Rpc.Hosting.Settings;

/// <summary>Words for options that are out of their range, wherever they were set.</summary>
internal static class OptionProblems
{
    private const string Retry = "Retry.";

    /// <summary>Says what is wrong, and where it comes from if that is the configuration.</summary>
    /// <param name="invalid">What the check of the options has thrown.</param>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="section">The section that the options are read from.</param>
    /// <param name="type">The type of the options, for those that code has set.</param>
    public static string Describe(ArgumentException invalid, IConfiguration? configuration, string section, string type)
    {
        var text = TextOf(invalid);
        var name = (text.StartsWith(Retry, StringComparison.Ordinal) ? "Retry:" : string.Empty) + invalid.ParamName;
        var key = $"{section}:{name}";
        return configuration?[key] is { } value ? $"'{key}' is '{value}': {text}"
            : invalid is ArgumentOutOfRangeException { ActualValue: { } actual } ? $"{type}.{name.Replace(':', '.')} is {actual}: {text}"
            : $"{type}: {text}";
    }

    /// <summary>An exception's own sentence, without the name of the parameter that the framework adds.</summary>
    public static string TextOf(Exception exception)
    {
        var text = exception.Message;
        var end = text.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
