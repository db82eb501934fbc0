using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Pki;

namespace Platform.Api.Idempotency;

/// <summary>
/// What a request asks, however its JSON is spaced and ordered. Under a key that is not in the database: a body may hold a
/// password, which a bare digest would let its readers guess.
/// </summary>
/// <param name="key">32 bytes; with another, no request is known for a repeat.</param>
public sealed class RequestDigest(byte[] key)
{
    /// <summary>HMAC-SHA256 over method, address and body, in hexadecimal.</summary>
    public async Task<string> OfAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        ArrayBufferWriter<byte> said = new();
        Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n", said);
        said.Write(Canonical(body.ToArray()));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, said.WrittenSpan));
    }

    // What is no JSON, or none that is exact, counts by its bytes.
    private static ReadOnlySpan<byte> Canonical(byte[] body)
    {
        ArrayBufferWriter<byte> canonical = new();
        try
        {
            CanonicalJson.Write(body, canonical);
            return canonical.WrittenSpan;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return body;
        }
    }
}

public static class IdempotencyRegistration
{
    extension(IServiceCollection services)
    {
        /// <param name="keyFolder">Of the key of the digests; where several nodes answer, all have the same.</param>
        public void AddIdempotency(string keyFolder) => services.AddSingleton(_ => new RequestDigest(KeyFile.ReadOrMake(
            KeyFile.In(keyFolder, "idempotency.key"), () => RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes))));
    }
}
