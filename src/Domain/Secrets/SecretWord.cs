using System.Buffers;

namespace Platform.Domain.Secrets;

/// <summary>
/// The words that name secrets: no colon among them, so that "id:name" is split in one way only, and nothing that a log or
/// a terminal could trip over.
/// </summary>
internal static class SecretWord
{
    private const int LengthMax = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <exception cref="ArgumentException">Not 1 to 128 of letters, digits, dot, underscore and hyphen.</exception>
    public static string Checked(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length is > 0 and <= LengthMax && !value.AsSpan().ContainsAnyExcept(Allowed)
            ? value
            : throw new ArgumentException($"A secret is named by 1 to {LengthMax} of A-Z, a-z, 0-9, '_', '.' and '-'.", nameof(value));
    }
}

/// <summary>Digests and the like, as text.</summary>
internal static class Hexadecimal
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <exception cref="ArgumentException">Not so many lower-case hexadecimal digits.</exception>
    public static string Checked(string value, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == length && !value.AsSpan().ContainsAnyExcept(Digits)
            ? value
            : throw new ArgumentException($"{length} lower-case hexadecimal digits.", nameof(value));
    }
}
