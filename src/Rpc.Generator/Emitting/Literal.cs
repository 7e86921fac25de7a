using System.Globalization;
using System.Text;

namespace Rpc.Generator.Emitting;

/// <summary>Text as a C# string literal.</summary>
internal static class Literal
{
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                _ when MustEscape(character) => literal.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }

    /// <summary>What would end the line (a control character, U+2028, U+2029), or cannot stand alone in a file (half a surrogate pair).</summary>
    private static bool MustEscape(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' || char.IsSurrogate(character);
}
