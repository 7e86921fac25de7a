namespace Rpc.TestKit.Fuzz;

/// <summary>Choices.</summary>
public static class RandomExtensions
{
    /// <summary>One of several.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <inheritdoc cref="Pick"/>
    public static T OneOf<T>(this Random random, params ReadOnlySpan<T> from) => from[random.Next(from.Length)];

    /// <summary>Sometimes nothing.</summary>
    public static T? Sometimes<T>(this Random random, Func<T> value)
        where T : class => random.Next(4) == 0 ? null : value();

    /// <summary>A text of any characters, at most 255 bytes of UTF-8.</summary>
    public static string AnyText(this Random random)
    {
        var length = random.Next(8) == 0 ? random.Next(60, 63) : random.Next(12);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(random.Next(6) switch
            {
                0 => (char)random.Next(32),
                1 => '/',
                2 => (char)random.Next(0x80, 0x7ff),
                3 => (char)random.Next(0x2000, 0xd7ff),
                _ => (char)random.Next(33, 127),
            });
        }

        return text.ToString();
    }
}
