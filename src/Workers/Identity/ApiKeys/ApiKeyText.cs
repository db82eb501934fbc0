using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Numerics;
using System.Text;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity.ApiKeys;

/// <summary>
/// An API key as its holder has it: <c>mk_live_{name}_{secret}{checksum}</c>. The secret is 256 bits in 43 digits of base62,
/// the checksum the CRC-32 of all before it in 6: whoever scans for leaked keys, and whoever mistypes one, needs no look-up.
/// </summary>
public static class ApiKeyText
{
    public const string Prefix = "mk_live_";
    public const int SecretBytes = 32;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretDigits = 43;
    private const int ChecksumDigits = 6;

    public const int Length = 8 + ApiKeyNames.Length + 1 + SecretDigits + ChecksumDigits;

    public static string Of(ApiKeyName name, ReadOnlySpan<byte> secret)
    {
        var body = $"{Prefix}{name}_{Written(new BigInteger(secret, isUnsigned: true, isBigEndian: true), SecretDigits)}";
        return body + Checksum(body);
    }

    /// <summary>Whether the text is a whole key; whether it is a good one only its hash says.</summary>
    public static bool TryParse(string text, out ApiKeyName name, [NotNullWhen(true)] out byte[]? secret)
    {
        (name, secret) = (default, null);
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + ApiKeyNames.Length] != '_' || !ApiKeyNames.IsWellFormed(NameIn(text))
            || !string.Equals(text[^ChecksumDigits..], Checksum(text[..^ChecksumDigits]), StringComparison.Ordinal)
            || Read(text.AsSpan(Length - SecretDigits - ChecksumDigits, SecretDigits)) is not { } number
            || number.GetByteCount(isUnsigned: true) > SecretBytes)
            return false;

        name = ApiKeyName.From(NameIn(text));
        secret = new byte[SecretBytes];
        number.TryWriteBytes(secret.AsSpan(SecretBytes - number.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return true;
    }

    private static string NameIn(string text) => text.Substring(Prefix.Length, ApiKeyNames.Length);

    private static string Checksum(string body) => Written(Crc32.HashToUInt32(Encoding.ASCII.GetBytes(body)), ChecksumDigits);

    private static string Written(BigInteger number, int width) => string.Create(width, number, static (text, rest) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            (rest, var digit) = BigInteger.DivRem(rest, Digits.Length);
            text[i] = Digits[(int)digit];
        }
    });

    // Null when it is no number of that base.
    private static BigInteger? Read(ReadOnlySpan<char> text)
    {
        var number = BigInteger.Zero;
        foreach (var letter in text)
        {
            if (Digits.IndexOf(letter, StringComparison.Ordinal) is not (>= 0 and var digit))
                return null;

            number = (number * Digits.Length) + digit;
        }

        return number;
    }
}
