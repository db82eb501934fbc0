using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>Who a token speaks for, and until when.</summary>
public sealed record TokenClaims(UserId UserId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// Signed, expiring tokens: PASETO v4.public (Ed25519 over the pre-authentication encoding; paseto.io, version 4). The
/// one seam behind which the full model of token tiers comes.
/// </summary>
public sealed class Tokens(Key key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Header = "v4.public.";
    private const int LengthMax = 2048;

    public (string Token, DateTimeOffset ExpiresAt) Issue(UserId user)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + Lifetime;
        var message = JsonSerializer.SerializeToUtf8Bytes(new TokenClaims(user, now, expiresAt));
        var signature = SignatureAlgorithm.Ed25519.Sign(key, Encoded(message));
        return (Header + Base64Url.EncodeToString([.. message, .. signature]), expiresAt);
    }

    /// <summary>False when the token is forged, malformed or expired; which of them, nobody learns.</summary>
    public bool TryRead(string token, [NotNullWhen(true)] out TokenClaims? claims)
    {
        claims = Verified(token) is { } message ? JsonSerializer.Deserialize<TokenClaims>(message) : null;
        if (claims is not null && claims.ExpiresAt <= time.GetUtcNow())
            claims = null;
        return claims is not null;
    }

    private byte[]? Verified(string token)
    {
        if (token.Length > LengthMax || !token.StartsWith(Header, StringComparison.Ordinal)
            || !Base64Url.IsValid(token.AsSpan(Header.Length)))
            return null;

        var bytes = Base64Url.DecodeFromChars(token.AsSpan(Header.Length));
        var signatureStart = bytes.Length - SignatureAlgorithm.Ed25519.SignatureSize;
        if (signatureStart <= 0)
            return null;

        var message = bytes[..signatureStart];
        return SignatureAlgorithm.Ed25519.Verify(key.PublicKey, Encoded(message), bytes.AsSpan(signatureStart)) ? message : null;
    }

    // PAE(header, message, footer, implicit assertion): the count, then each part behind its length.
    private static byte[] Encoded(byte[] message)
    {
        byte[][] parts = [Encoding.ASCII.GetBytes(Header), message, [], []];
        using var encoded = new MemoryStream();
        Write(parts.Length);
        foreach (var part in parts)
        {
            Write(part.Length);
            encoded.Write(part);
        }
        return encoded.ToArray();

        void Write(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            encoded.Write(bytes);
        }
    }
}
