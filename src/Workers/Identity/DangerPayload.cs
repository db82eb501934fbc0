using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>What a person saw before agreeing: the body of the request, in whatever order and spacing it is written.</summary>
public static class DangerPayload
{
    /// <summary>SHA-256 over the canonical form (RFC 8785), base64url.</summary>
    /// <exception cref="JsonException">Not JSON, or a member twice.</exception>
    /// <exception cref="FormatException">A number that is not exact: amounts are strings.</exception>
    public static string DigestOf(ReadOnlyMemory<byte> json)
    {
        var canonical = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(json, canonical);
        return Base64Url.EncodeToString(SHA256.HashData(canonical.WrittenSpan));
    }

    /// <inheritdoc cref="DigestOf(ReadOnlyMemory{byte})"/>
    public static string DigestOf(JsonElement json)
    {
        var canonical = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(json, canonical);
        return Base64Url.EncodeToString(SHA256.HashData(canonical.WrittenSpan));
    }
}
