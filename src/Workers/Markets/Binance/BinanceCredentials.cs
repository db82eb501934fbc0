using System.Security.Cryptography;
using System.Text;

namespace Platform.Workers.Markets.Binance;

/// <summary>Names the account to the venue. Prints as nothing, so that no log can hold it.</summary>
public sealed class BinanceCredentials(string apiKey, string apiSecret)
{
    private readonly byte[] secret = Encoding.UTF8.GetBytes(apiSecret);

    public string ApiKey { get; } = apiKey;

    /// <summary>Null when none are configured.</summary>
    public static BinanceCredentials? Of(VenueOptions options) =>
        options is { ApiKey: { Length: > 0 } key, ApiSecret: { Length: > 0 } secret } ? new(key, secret) : null;

    /// <summary>HMAC SHA-256 of exactly the bytes that are sent, in lower-case hexadecimal.</summary>
    public string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(payload)));

    public override string ToString() => "(credentials)";
}
