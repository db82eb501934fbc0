using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>
/// PASETO v4.public (paseto.io, version 4): a message, an Ed25519 signature over it, its header, its footer and an implicit
/// assertion, which both sides know and nobody sends.
/// </summary>
internal static class Paseto
{
    /// <summary>Longer ones are not looked at.</summary>
    public const int LengthMax = 2048;

    private const string Header = "v4.public.";

    public static string Sign(Key key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> footer, byte[] assertion)
    {
        var signed = PreAuthentication.Encode([.. "v4.public."u8], message.ToArray(), footer.ToArray(), assertion);
        var signature = SignatureAlgorithm.Ed25519.Sign(key, signed);
        var token = Header + Base64Url.EncodeToString([.. message, .. signature]);
        return footer.IsEmpty ? token : $"{token}.{Base64Url.EncodeToString(footer)}";
    }

    /// <summary>Takes a token apart without believing any of it. False: it is no token of this form.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out UnverifiedToken? read)
    {
        read = null;
        if (token.Length > LengthMax || !token.StartsWith(Header, StringComparison.Ordinal))
            return false;

        var body = token.AsSpan(Header.Length);
        var dot = body.IndexOf('.');
        var payload = dot < 0 ? body : body[..dot];
        var footer = dot < 0 ? [] : body[(dot + 1)..];
        if ((dot >= 0 && footer.IsEmpty) || Decode(payload) is not { } bytes || Decode(footer) is not { } footerBytes)
            return false;

        var length = bytes.Length - SignatureAlgorithm.Ed25519.SignatureSize;
        if (length <= 0)
            return false;

        read = new(bytes[..length], bytes[length..], footerBytes, footer.ToString());
        return true;
    }

    public static bool IsSignedBy(PublicKey key, UnverifiedToken token, byte[] assertion) => SignatureAlgorithm.Ed25519.Verify(
        key, PreAuthentication.Encode([.. "v4.public."u8], token.Message, token.Footer, assertion), token.Signature);

    // RFC 4648 5, the one spelling of it: no padding, no white space, no bits set behind the last byte. What decodes and
    // encodes back to itself has none of them.
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) is not OperationStatus.Done)
            return null;

        Span<char> again = stackalloc char[Base64Url.GetEncodedLength(written)];
        Base64Url.EncodeToChars(bytes.AsSpan(0, written), again);
        return again.SequenceEqual(text) ? bytes[..written] : null;
    }
}

/// <summary>The parts of a token, of which nothing is known to be true.</summary>
/// <param name="FooterText">The footer as it was sent, by which a key is found without reading anything out of it.</param>
internal sealed record UnverifiedToken(byte[] Message, byte[] Signature, byte[] Footer, string FooterText);
