using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets.Venues;

/// <summary>What a venue's key signs with; the bytes are gone when the access is replaced.</summary>
public delegate T SecretReader<out T>(ReadOnlySpan<byte> secret);

/// <summary>Names the account to the venue. Prints as nothing, so that no log can hold it.</summary>
public sealed class VenueCredentials : IDisposable
{
    private readonly SecretBytes apiKey;
    private readonly SecretBytes secretKey;
    private readonly SecretBytes? passphrase;

    private VenueCredentials(SecretBytes apiKey, SecretBytes secretKey, SecretBytes? passphrase) =>
        (this.apiKey, this.secretKey, this.passphrase) = (apiKey, secretKey, passphrase);

    /// <summary>As the venue names it in a header; ASCII.</summary>
    public string ApiKey => Encoding.ASCII.GetString(apiKey.Span);

    /// <summary>A third word that some venues ask for (OKX, KuCoin); null where the key has none.</summary>
    public string? Passphrase => passphrase is null ? null : Encoding.UTF8.GetString(passphrase.Span);

    /// <summary>Tells keys apart without telling them: rows of a budget and logs may hold it.</summary>
    public string Print => Convert.ToHexStringLower(SHA256.HashData(apiKey.Span).AsSpan(0, 8));

    /// <param name="json">
    /// An object with the members <c>apiKey</c>, <c>secretKey</c> and maybe <c>passphrase</c>, as the paper venue writes it.
    /// </param>
    /// <returns>Null when it is nothing of the kind; what it is instead is not told.</returns>
    public static VenueCredentials? Parse(ReadOnlySpan<byte> json)
    {
        SecretBytes? key = null, secret = null, third = null;
        if (TryRead(json, ref key, ref secret, ref third) && key is not null && secret is not null)
            return new(key, secret, third);

        key?.Dispose();
        secret?.Dispose();
        third?.Dispose();
        return null;
    }

    /// <summary>For a venue's own way of signing; what is read must not outlive the call.</summary>
    public T Use<T>(SecretReader<T> read) => read(secretKey.Span);

    /// <summary>HMAC SHA-256 of exactly the bytes that are sent, in lower-case hexadecimal (Binance, Bybit).</summary>
    public string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secretKey.Span, Encoding.UTF8.GetBytes(payload)));

    public void Dispose()
    {
        apiKey.Dispose();
        secretKey.Dispose();
        passphrase?.Dispose();
    }

    public override string ToString() => "(credentials)";

    private static bool TryRead(ReadOnlySpan<byte> json, ref SecretBytes? key, ref SecretBytes? secret, ref SecretBytes? third)
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
                    else if (reader.ValueTextEquals("passphrase"u8))
                        Read(ref reader, ref third);
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
