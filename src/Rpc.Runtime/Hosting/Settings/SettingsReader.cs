using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Rpc.Hosting.Settings;

/// <summary>
/// Reads one section of the configuration, without reflection, and notes everything that is wrong with it: each problem names the key, what it is and what was
/// expected.
/// </summary>
/// <param name="section">The section.</param>
/// <param name="problems">Gets the problems.</param>
internal sealed class SettingsReader(IConfigurationSection section, ICollection<string> problems)
{
    private readonly List<string> _known = [];

    /// <summary>Makes a key known that is read elsewhere.</summary>
    public void Skip(string key) => _known.Add(key);

    /// <summary>Reads a text that is not empty.</summary>
    public void Text(string key, Action<string> set) => Value(key, static text => text.Length > 0 ? text : null, "a text", set);

    /// <summary>Reads a duration.</summary>
    public void Time(string key, Action<TimeSpan> set) => Value(key, ParseTime, "a time as hours:minutes:seconds, such as 00:00:30", time => set(time!.Value));

    /// <summary>Reads a whole number.</summary>
    public void Number(string key, Action<int> set) => Value(
        key,
        static text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : (int?)null,
        "a whole number",
        number => set(number!.Value));

    /// <summary>Reads yes or no.</summary>
    public void Flag(string key, Action<bool> set) =>
        Value(key, static text => bool.TryParse(text, out var flag) ? flag : (bool?)null, "true or false", flag => set(flag!.Value));

    /// <summary>Reads one of an enumeration's names.</summary>
    public void Choice<T>(string key, Action<T> set)
        where T : struct, Enum => Value(
            key,
            static text => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true) : (T?)null,
            string.Join(", ", Enum.GetNames<T>()),
            value => set(value!.Value));

    /// <summary>Reads an array of texts.</summary>
    public void List(string key, ICollection<string> list)
    {
        _known.Add(key);
        var array = section.GetSection(key);
        if (array.Value is { Length: > 0 } single)
        {
            problems.Add($"'{array.Path}' is '{single}'; expected an array of texts.");
        }

        foreach (var item in array.GetChildren())
        {
            if (item.Value is { Length: > 0 } text)
            {
                list.Add(text);
            }
            else
            {
                problems.Add($"'{item.Path}' is empty or a section; expected a text.");
            }
        }
    }

    /// <summary>Reads a section inside this one.</summary>
    public void Section(string key, Action<SettingsReader> read)
    {
        _known.Add(key);
        var inner = section.GetSection(key);
        if (inner.Value is { Length: > 0 } value)
        {
            problems.Add($"'{inner.Path}' is '{value}'; expected a section.");
        }

        var reader = new SettingsReader(inner, problems);
        read(reader);
        reader.RejectUnknown();
    }

    /// <summary>Notes the keys that nothing has asked for. Called last.</summary>
    public void RejectUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"'{child.Path}' is unknown; expected one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    // A number alone would be taken for days.
    private static TimeSpan? ParseTime(string text) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private void Value<T>(string key, Func<string, T?> parse, string expected, Action<T> set)
    {
        _known.Add(key);
        var found = section.GetSection(key);
        if (found.Value is not { } text)
        {
            if (found.GetChildren().Any())
            {
                problems.Add($"'{found.Path}' is a section; expected {expected}.");
            }
        }
        else if (parse(text) is { } value)
        {
            set(value);
        }
        else
        {
            problems.Add($"'{found.Path}' is '{text}'; expected {expected}.");
        }
    }
}
