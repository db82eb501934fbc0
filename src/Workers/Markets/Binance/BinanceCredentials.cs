using System.Security.Cryptography;
using System.Text;

namespace Platform.Workers.Markets.Binance;

/// <summary>Names the account to the venue. Prints as nothing, so that no log can hold it.</summary>
public sealed class BinanceCredentials(string apiKey, string apiSecret)
{
    private readonly byte[] secret = Encoding.UTF8.GetBytes(apiSecret);

    public string ApiKey { get; } = apiKey;

    /// <summary>HMAC SHA-256 of exactly the bytes that are sent, in lower-case hexadecimal.</summary>
    public string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(payload)));

    public override string ToString() => "(credentials)";
}
