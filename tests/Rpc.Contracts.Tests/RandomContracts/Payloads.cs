using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

#pragma warning disable CA1050 // Random contracts name these as global::Payloads.Color, whatever names their own namespaces hide.

/// <summary>
/// The types of a user's own that random contracts pass. They are compiled once, not with each batch: System.Text.Json looks at each new type by reflection.
/// </summary>
public static class Payloads
{
    public enum Color
    {
        Red,
        Green = 5,
        Blue = -1,
    }

    [Flags]
    [SuppressMessage("Design", "CA1028", Justification = "An enum of another underlying type is the point.")]
    public enum Bits : byte
    {
        None,
        One,
        Two,
        All = 255,
    }

    public sealed record Point(int X, string Name, double? Weight);

    public readonly record struct Size(int Width, int Height);

    public sealed class Box
    {
        public int Id { get; set; }

        public string? Label { get; set; }

        [SuppressMessage("Usage", "CA2227", Justification = "System.Text.Json sets it.")]
        [SuppressMessage("Design", "CA1002", Justification = "A list is what contracts have.")]
        public List<Color> Colors { get; set; } = [];
    }

    public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);

    [SuppressMessage("Design", "CA1002", Justification = "A list is what contracts have.")]
    public sealed record Tree(int Value, List<Tree> Children);

    /// <summary>Fields, and tuples inside a type, which no contract brings a converter for.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "Fields are the point.")]
    public sealed class Fields
    {
        public int Count;

        public string? Text;

        public (int Number, Size? Size) Pair;

        public List<(string, double)?>? Pairs { get; set; }
    }

    /// <summary>Its text would be lost.</summary>
    public sealed class Note
    {
        public string Text { get; private set; } = "";
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), 2)]
    public abstract record Shape;

    public sealed record Circle(double Radius) : Shape;

    public sealed record Square(decimal Side, (int X, int Y) Corner) : Shape;

    public static class Outer
    {
        public sealed record Inner(Guid Id);
    }
}
