using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The values at which types change their ways, and what it takes to see that they came through unchanged.</summary>
internal static class EdgeValues
{
    public static readonly string[] Texts =
    [
        "", " ", "plain", "quotes \" ' ` and \\ slashes / ", "</script>&amp;<!--", "line\r\nline\ttab", AllControls(), "\u007f\u0085\u00a0\u2028\u2029\ufeff\uffff",
        "Grüße, Ελλάδα, Россия, 日本語, עברית, العربية", "😀 𝒳 👩‍👩‍👧 \U0010ffff", "e\u0301 is not é", "null", "NaN", "{\"json\":1}",
    ];

    public static readonly float[] Floats =
        [0, -0.0f, 1, -1, 0.1f, float.Epsilon, float.MinValue, float.MaxValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 16_777_217];

    public static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.1, 1d / 3, double.Epsilon, double.MinValue, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        9_007_199_254_740_993,
    ];

    public static readonly decimal[] Decimals =
        [0, 1.00m, -1.0m, 0.1m, decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m, 79228162514264.337593543950335m];

    public static readonly char[] Chars = ['a', '\0', '\n', '"', '\\', 'é', '語', '\u2028', '\uffff'];

    public static readonly Guid[] Guids = [Guid.Empty, Guid.AllBitsSet, new("01234567-89ab-cdef-0123-456789abcdef")];

    public static readonly DateTime[] DateTimes =
    [
        DateTime.MinValue, DateTime.MaxValue, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        new(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Unspecified), new(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc),
        new(2024, 2, 29, 12, 0, 0, DateTimeKind.Local), new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1),
    ];

    public static readonly DateTimeOffset[] Instants =
    [
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(14)),
        new(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(-570)), new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero).AddTicks(1),
    ];

    public static readonly DateOnly[] Dates = [DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29)];

    public static readonly TimeOnly[] Times = [TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 0), new(1)];

    public static readonly TimeSpan[] Spans =
        [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.FromTicks(-1), TimeSpan.FromDays(400)];

    public static readonly Uri[] Uris =
    [
        new("https://user@example.org:8443/a%20b/ü?q=1&r=%26#part"), new("relative/path?x=y", UriKind.Relative), new("urn:isbn:0451450523"),
        new("", UriKind.Relative),
    ];

    public static readonly byte[][] Blocks = [[], [0], [255, 0, 128], [.. Enumerable.Range(0, 256).Select(static i => (byte)i)]];

    public static readonly Color[] Colors = [Color.Red, Color.Green, Color.Blue, (Color)(-1), (Color)int.MaxValue];

    public static readonly Level[] Levels = [Level.None, Level.Most, (Level)7];

    public static readonly Offset[] Offsets = [Offset.None, Offset.Least, Offset.Most];

    public static readonly Rights[] AllRights = [Rights.None, Rights.Read | Rights.Write, Rights.All, (Rights)(1UL << 63)];

    // Equality takes -0.0 for 0.0, 1.00m for 1.0m, and times of any kind for each other; these do not.
    public static void SameBits(float one, float other)
    {
        Assert.Equal(float.IsNaN(one), float.IsNaN(other));
        Assert.True(float.IsNaN(one) || BitConverter.SingleToInt32Bits(one) == BitConverter.SingleToInt32Bits(other), $"{one} became {other}");
    }

    public static void SameBits(double one, double other)
    {
        Assert.Equal(double.IsNaN(one), double.IsNaN(other));
        Assert.True(double.IsNaN(one) || BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(other), $"{one} became {other}");
    }

    public static void SameBits(decimal one, decimal other) => Assert.Equal(decimal.GetBits(one), decimal.GetBits(other));

    public static void SameKind(DateTime one, DateTime other) => Assert.Equal((one.Ticks, one.Kind), (other.Ticks, other.Kind));

    public static void SameOffset(DateTimeOffset one, DateTimeOffset other) => Assert.True(one.EqualsExact(other), $"{one:O} became {other:O}");

    public static void SameText(Uri one, Uri other) => Assert.Equal((one.OriginalString, one.IsAbsoluteUri), (other.OriginalString, other.IsAbsoluteUri));

    /// <summary>Makes a comparison into one that takes nulls, where both or none must be one.</summary>
    public static Action<T?, T?> OrNull<T>(Action<T, T> same)
        where T : struct => (one, other) =>
        {
            Assert.Equal(one is null, other is null);
            if (one is { } value)
            {
                same(value, other!.Value);
            }
        };

    /// <summary>The values and a null.</summary>
    public static T?[] AndNull<T>(T[] values)
        where T : struct => [.. values.Select(static value => (T?)value), null];

    private static string AllControls() => string.Concat(Enumerable.Range(0, 32).Select(static i => (char)i));
}
