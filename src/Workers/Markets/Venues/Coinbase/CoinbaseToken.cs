using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>A JSON Web Token, signed with the key's own ES256 key, for one request (key authentication, 2026-07).</summary>
internal static class CoinbaseToken
{
    // The venue takes two minutes at most.
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(2);

    /// <param name="uri">Method, host and path of the one request that it is for; null: to subscribe on a stream.</param>
    /// <param name="at">The venue's time.</param>
    /// <exception cref="ArgumentException">The secret is no private key in PEM.</exception>
    public static string Of(VenueCredentials credentials, string? uri, DateTimeOffset at)
    {
        var key = credentials.ApiKey;
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "JWT", kid = key, nonce });
        var start = at.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = key,
            ["iss"] = "cdp",
            ["nbf"] = start,
            ["exp"] = start + (long)ValidFor.TotalSeconds,
        };
        if (uri is not null)
            claims["uri"] = uri;

        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(credentials, signed))}";
    }

    private static byte[] Sign(VenueCredentials credentials, string text) => credentials.Use(secret =>
    {
        var pem = new char[Encoding.UTF8.GetCharCount(secret)];
        try
        {
            Encoding.UTF8.GetChars(secret, pem);
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
        }
        finally
        {
            pem.AsSpan().Clear();
        }
    });
}
