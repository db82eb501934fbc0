using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSec.Cryptography;

namespace Platform.Api.Tests.Identity;

/// <summary>Whoever has stolen the key files, and writes into tokens what they like: the format once more, by other hands.</summary>
internal static class Forge
{
    private const string Header = "v4.public.";

    private static readonly string[] Tiers = ["outer", "inner", "danger"];

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What a good token of that session says.</summary>
    public static JsonObject Claims(Guid user, Guid session, string tier = "outer") => new()
    {
        ["v"] = 1, ["tier"] = Array.IndexOf(Tiers, tier) + 1, ["iss"] = "platform", ["aud"] = new JsonArray("outer-api"),
        ["sub"] = user.ToString(), ["sid"] = session.ToString(), ["jti"] = Guid.CreateVersion7().ToString(),
        ["iat"] = Now, ["nbf"] = Now, ["exp"] = Now + 3_600_000, ["max"] = Now + 86_000_000, ["gen"] = 0,
        ["pl"] = 2, ["ql"] = 0, ["plan"] = 0, ["scp"] = 2047, ["pv"] = 0, ["amr"] = 1, ["aat"] = Now,
    };

    /// <summary>The same with a member set, or with none of that name when the value is null.</summary>
    public static JsonObject With(this JsonObject claims, string name, JsonNode? value)
    {
        var other = claims.DeepClone().AsObject();
        other.Remove(name);
        if (value is not null)
            other[name] = value;
        return other;
    }

    /// <summary>Signs with the latest key of that tier.</summary>
    public static string Sign(string keyFolder, JsonObject claims, string tier = "outer", params string[] assertion) =>
        Sign(keyFolder, claims.ToJsonString(), tier, assertion);

    public static string Sign(string keyFolder, string claims, string tier = "outer", params string[] assertion)
    {
        using var key = KeyOf(keyFolder, tier);
        byte[][] told = [.. (assertion is [] ? ["outer", "platform"] : assertion).Select(Encoding.UTF8.GetBytes)];
        var message = Encoding.UTF8.GetBytes(claims);
        var footer = FooterOf(key.PublicKey);
        var signature = SignatureAlgorithm.Ed25519.Sign(
            key, Encoded(Encoding.ASCII.GetBytes(Header), message, footer, Encoded(told)));
        return $"{Header}{Base64Url.EncodeToString([.. message, .. signature])}.{Base64Url.EncodeToString(footer)}";
    }

    private static Key KeyOf(string folder, string tier)
    {
        var file = Directory.EnumerateFiles(folder, $"{tier}-*.key").Order(StringComparer.Ordinal).Last();
        var stored = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        return Key.Import(SignatureAlgorithm.Ed25519, stored.GetProperty("PrivateKey").GetBytesFromBase64(), KeyBlobFormat.RawPrivateKey);
    }

    private static byte[] FooterOf(PublicKey key)
    {
        var paserk = $"k4.pid.k4.public.{Base64Url.EncodeToString(key.Export(KeyBlobFormat.RawPublicKey))}";
        var id = Base64Url.EncodeToString(new Blake2b(33).Hash(Encoding.ASCII.GetBytes(paserk)));
        return Encoding.ASCII.GetBytes($$"""{"kid":"k4.pid.{{id}}"}""");
    }

    private static byte[] Encoded(params byte[][] parts)
    {
        using var encoded = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, parts.Length);
        encoded.Write(number);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, part.Length);
            encoded.Write(number);
            encoded.Write(part);
        }

        return encoded.ToArray();
    }
}
