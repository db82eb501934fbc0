using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Names the account to the venue. Prints as nothing, so that no log can hold it.</summary>
public sealed class BinanceCredentials : IDisposable
{
    private readonly SecretBytes apiKey;
    private readonly SecretBytes secretKey;

    private BinanceCredentials(SecretBytes apiKey, SecretBytes secretKey) =>
        (this.apiKey, this.secretKey) = (apiKey, secretKey);

    /// <summary>As the venue names it in a header; ASCII.</summary>
    public string ApiKey => Encoding.ASCII.GetString(apiKey.Span);

    /// <param name="json">An object with the members <c>apiKey</c> and <c>secretKey</c>, as the paper venue writes it.</param>
    /// <returns>Null when it is nothing of the kind; what it is instead is not told.</returns>
    public static BinanceCredentials? Parse(ReadOnlySpan<byte> json)
    {
        SecretBytes? key = null, secret = null;
        if (TryRead(json, ref key, ref secret) && key is not null && secret is not null)
            return new(key, secret);

        key?.Dispose();
        secret?.Dispose();
        return null;
    }

    /// <summary>HMAC SHA-256 of exactly the bytes that are sent, in lower-case hexadecimal.</summary>
    public string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secretKey.Span, Encoding.UTF8.GetBytes(payload)));

    public void Dispose()
    {
        apiKey.Dispose();
        secretKey.Dispose();
    }

    public override string ToString() => "(credentials)";

    private static bool TryRead(ReadOnlySpan<byte> json, ref SecretBytes? key, ref SecretBytes? secret)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                {
                    if (reader.ValueTextEquals("apiKey"u8))
                        Read(ref reader, ref key);
                    else if (reader.ValueTextEquals("secretKey"u8))
                        Read(ref reader, ref secret);
                }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Without a string in between, which would stay in memory.
    private static void Read(ref Utf8JsonReader reader, ref SecretBytes? value)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.String || reader.ValueSpan.IsEmpty)
            return;

        value?.Dispose();
        using var text = SecretBytes.Empty(reader.ValueSpan.Length);
        value = SecretBytes.CopyOf(text.Span[..reader.CopyString(text.Span)]);
    }
}
