using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>The token format against the published vectors, and against those who bend it.</summary>
public sealed class PasetoTests : IDisposable
{
    private static readonly Ed25519 Algorithm = SignatureAlgorithm.Ed25519;
    private static readonly JsonElement Published = JsonDocument.Parse(
        File.ReadAllText(RepositoryRoot.Combine("tests", "Workers.Tests", "Identity", "paseto.json"))).RootElement;

    private readonly Key key = Key.Create(Algorithm);

    public static TheoryData<string> Vectors => [.. Published.GetProperty("public").GetProperty("tests").EnumerateArray()
        .Select(vector => Text(vector, "name"))];

    public void Dispose() => key.Dispose();

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Official_vector_is_signed_and_verified_as_published(string name)
    {
        var all = Published.GetProperty("public");
        var vector = all.GetProperty("tests").EnumerateArray().Single(each => Text(each, "name").Equals(name, StringComparison.Ordinal));
        using var signing = Key.Import(Algorithm, Hex(all, "secretKey").AsSpan(0, 32), KeyBlobFormat.RawPrivateKey);
        var (token, footer, assertion) = (Text(vector, "token"), Utf8(vector, "footer"), Utf8(vector, "implicitAssertion"));

        Assert.Equal(token, Paseto.Sign(signing, Utf8(all, "payload"), footer, assertion));
        Assert.True(Paseto.TryRead(token, out var read));
        Assert.Equal(Text(all, "payload"), Encoding.UTF8.GetString(read.Message));
        Assert.Equal(footer, read.Footer);
        var verifying = PublicKey.Import(Algorithm, Hex(all, "publicKey"), KeyBlobFormat.RawPublicKey);
        Assert.True(Paseto.IsSignedBy(verifying, read, assertion));
        Assert.False(Paseto.IsSignedBy(verifying, read, [.. assertion, 0]));
    }

    [Fact]
    public void Key_ids_are_as_published()
    {
        foreach (var vector in Published.GetProperty("keyIds").EnumerateArray())
        {
            var known = PublicKey.TryImport(Algorithm, Hex(vector, "key"), KeyBlobFormat.RawPublicKey, out var imported) ? imported : null;
            // What is no point of the curve has an id in the vectors, and no use here.
            if (known is not null)
                Assert.Equal(Text(vector, "id"), SigningKey.IdOf(known));
        }
    }

    [Fact]
    public void Attack_55_bit_flipped_anywhere_in_payload_signature_or_footer_is_refused()
    {
        var token = Paseto.Sign(key, """{"a":1}"""u8, """{"kid":"k"}"""u8, [1]);
        var parts = token.Split('.');
        var (body, footer) = (Base64Url.DecodeFromChars(parts[2]), Base64Url.DecodeFromChars(parts[3]));
        Assert.True(IsGood(token));
        for (var bit = 0; bit < (body.Length + footer.Length) * 8; bit++)
        {
            var (otherBody, otherFooter) = ((byte[])[.. body], (byte[])[.. footer]);
            if (bit / 8 < body.Length)
                otherBody[bit / 8] ^= (byte)(1 << (bit % 8));
            else
                otherFooter[(bit / 8) - body.Length] ^= (byte)(1 << (bit % 8));
            Assert.False(IsGood($"v4.public.{Base64Url.EncodeToString(otherBody)}.{Base64Url.EncodeToString(otherFooter)}"));
        }
    }

    [Fact]
    public void Attack_56_other_headers_parts_and_spellings_are_refused()
    {
        var token = Paseto.Sign(key, """{"ab":1}"""u8, """{"kid":"k"}"""u8, [1]);
        var body = token["v4.public.".Length..];
        var dot = body.IndexOf('.', StringComparison.Ordinal);
        Assert.True(IsGood(token));
        // 72 bytes leave no bits over; 73 leave four, which must be zero.
        var odd = Paseto.Sign(key, """{"ab":11}"""u8, [], [1]);
        Assert.True(IsGood(odd));
        string[] bent =
        [
            $"v4.local.{body}", $"v3.public.{body}", $"v4.public{body}", $"V4.public.{body}", $".{token}", $"{token}.", $"{token}.a", $"{token}..",
            $"{token}=", $"{token}==", $" {token}", $"{token} ", $"{token}\n", token.Insert(30, "\t"), token.Insert(30, "="), token.Insert(30, "+"),
            $"v4.public.{body[..dot]}", $"v4.public.{body[..dot]}.", "v4.public.", "v4.public..", "v4.public", "",
            $"{odd[..^1]}{(char)(odd[^1] + 1)}", $"{odd}=", $"{odd}A",
        ];

        Assert.All(bent, each => Assert.False(IsGood(each), each));
    }

    [Fact]
    public void Attack_58_special_values_and_malleable_signatures_are_refused()
    {
        var wycheproof = Published.GetProperty("wycheproof");
        var known = PublicKey.Import(Algorithm, Hex(wycheproof, "publicKey"), KeyBlobFormat.RawPublicKey);
        var valid = wycheproof.GetProperty("valid");
        var signature = Hex(valid, "signature");
        Assert.True(Algorithm.Verify(known, Hex(valid, "message"), signature));
        foreach (var r in wycheproof.GetProperty("r").EnumerateArray())
        {
            foreach (var s in wycheproof.GetProperty("s").EnumerateArray())
                Assert.False(Algorithm.Verify(known, Hex(wycheproof, "message"), [.. Hex(r), .. Hex(s)]));
        }

        // RFC 8032 5.1.7: s plus any multiple of the group's order would verify too, if its range were not looked at.
        var order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var shifted = new BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        while (shifted < BigInteger.One << 256)
        {
            var bytes = new byte[32];
            shifted.TryWriteBytes(bytes, out _, isUnsigned: true);
            Assert.False(Algorithm.Verify(known, Hex(valid, "message"), [.. signature[..32], .. bytes]));
            shifted += order;
        }
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    // Not canonical: y is not below 2^255 - 19.
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Attack_58_small_order_and_non_canonical_keys_verify_nothing(string publicKey)
    {
        if (!PublicKey.TryImport(Algorithm, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey, out var imported))
            return;

        // With a key of small order the signature of zero s and that key, or the neutral element, would fit many messages.
        byte[][] points = [Convert.FromHexString(publicKey), [1, .. new byte[31]], new byte[32]];
        for (byte message = 0; message < 64; message++)
        {
            foreach (var point in points)
                Assert.False(Algorithm.Verify(imported!, [message], [.. point, .. new byte[32]]));
        }
    }

    [Fact]
    public void Encoding_before_signing_is_as_the_specification_shows()
    {
        Assert.Equal("0000000000000000", Convert.ToHexString(PreAuthentication.Encode()));
        Assert.Equal("01000000000000000000000000000000", Convert.ToHexString(PreAuthentication.Encode((byte[])[])));
        Assert.Equal("0100000000000000040000000000000074657374", Convert.ToHexString(PreAuthentication.Encode([.. "test"u8])));
        Assert.NotEqual(PreAuthentication.Encode([.. "ab"u8], [.. "c"u8]), PreAuthentication.Encode([.. "a"u8], [.. "bc"u8]));
    }

    private bool IsGood(string token) =>
        Paseto.TryRead(token, out var read) && Paseto.IsSignedBy(key.PublicKey, read, [1]);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static byte[] Utf8(JsonElement of, string name) => Encoding.UTF8.GetBytes(Text(of, name));

    private static byte[] Hex(JsonElement of, string name) => Hex(of.GetProperty(name));

    private static byte[] Hex(JsonElement of) => Convert.FromHexString(of.GetString()!);
}
