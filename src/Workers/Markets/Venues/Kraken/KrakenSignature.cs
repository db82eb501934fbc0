using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>How every API of Kraken is signed: HMAC SHA-512, keyed by the secret's bytes, in Base64.</summary>
internal static class KrakenSignature
{
    /// <exception cref="FormatException">The secret is no Base64.</exception>
    public static string Of(ReadOnlySpan<byte> message, VenueCredentials credentials)
    {
        var signed = message.ToArray();
        return credentials.Use(secret =>
        {
            var key = new byte[Base64.GetMaxDecodedFromUtf8Length(secret.Length)];
            try
            {
                if (Base64.DecodeFromUtf8(secret, key, out _, out var length) is not OperationStatus.Done)
                    throw new FormatException("The secret key is no Base64.");
                return Convert.ToBase64String(HMACSHA512.HashData(key.AsSpan(0, length), signed));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(key);
            }
        });
    }
}
