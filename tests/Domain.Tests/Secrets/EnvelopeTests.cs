using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Platform.Domain.Secrets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Secrets;

/// <summary>Sealed bytes open at their own address and nowhere else, and no change to them goes unseen.</summary>
public sealed class EnvelopeTests : SecretSpec
{
    private const int Header = 5;
    private const int Iv = 12;
    private const int Tag = 16;

    private static readonly byte[] Value = "never shown"u8.ToArray();

    private static readonly Gen<byte[]> AnyValue = Gen.Byte.Array[1, 300];

    [Fact]
    public void Whatever_was_sealed_is_opened_again() => Gen.Select(AnyValue, Gen.Int[1, 2]).Sample((value, keyVersion) =>
    {
        var (fault, plaintext) = Open(Address, Seal(Address, value, keyVersion));

        Assert.Null(fault);
        Assert.Equal(value, plaintext);
    });

    [Fact]
    public void Envelope_has_the_agreed_layout()
    {
        var envelope = Seal(Address, Value, keyVersion: 2);

        Assert.Equal([0x56, 1, 1, 0, 2], envelope[..Header]);
        Assert.Equal(Header + Iv + Value.Length + Tag, envelope.Length);

        // By hand, from the standard pieces alone.
        Span<byte> dataKey = stackalloc byte[32];
        dataKey.Fill(2);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey.ToArray(), 32, salt: [], Pae("secret", $"{Pool}", "venue.paper"));
        var plaintext = new byte[Value.Length];
        using var cipher = new AesGcm(key, Tag);
        cipher.Decrypt(
            envelope.AsSpan(Header, Iv), envelope.AsSpan(Header + Iv, Value.Length), envelope.AsSpan(^Tag..), plaintext,
            "venue.paper:credentials"u8);
        Assert.Equal(Value, plaintext);
    }

    [Fact]
    public void Change_of_any_bit_is_seen_and_nothing_comes_out() =>
        Gen.Select(AnyValue, Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).Sample((value, place, bit) =>
        {
            var envelope = Seal(Address, value);
            envelope[place % envelope.Length] ^= (byte)(1 << bit);

            var (fault, plaintext) = Open(Address, envelope);

            Assert.NotNull(fault);
            Assert.All(plaintext, one => Assert.Equal(0, one));
        });

    [Fact]
    public void Envelope_that_was_cut_or_drawn_out_stays_shut() =>
        Gen.Select(AnyValue, Gen.Byte.Array[1, 40], Gen.Int[1, 400]).Sample((value, more, less) =>
        {
            var envelope = Seal(Address, value);

            Assert.NotNull(Open(Address, [.. envelope, .. more]).Fault);
            Assert.NotNull(Open(Address, envelope.AsSpan(0, Math.Max(0, envelope.Length - less))).Fault);
        });

    public static TheoryData<string, SecretAddress> Elsewhere => new()
    {
        { "another id", Address with { Id = SecretId.From("venue.other") } },
        { "another name", Address with { Name = SecretName.From("Credentials") } },
        { "another tenant", Address with { Pool = PoolId.From(new("0199f2b0-0000-7000-8000-000000000002")) } },
        { "the platform's own", Address with { Pool = null } },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Envelope_opens_at_no_other_address(string what, SecretAddress address)
    {
        Assert.NotEmpty(what);
        Assert.Equal(SecretFault.NotAuthentic, Open(address, Seal(Address, Value)).Fault);
    }

    [Fact]
    public void Envelope_of_one_data_key_does_not_pass_for_that_of_another()
    {
        var envelope = Seal(Address, Value, keyVersion: 1);
        BinaryPrimitives.WriteUInt16BigEndian(envelope.AsSpan(3), 2);

        Assert.Equal(SecretFault.NotAuthentic, Open(Address, envelope).Fault);
    }

    [Fact]
    public void Two_envelopes_of_the_same_value_have_nothing_in_common() => Assert.NotEqual(
        Seal(Address, Value)[Header..], Seal(Address, Value)[Header..]);

    [Fact]
    public void Nothing_and_too_much_are_not_sealed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Seal(Address, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Seal(Address, new byte[Envelope.PlaintextBytesMax + 1]));
        Assert.Null(Open(Address, Seal(Address, new byte[Envelope.PlaintextBytesMax])).Fault);
    }

    [Fact]
    public void Nothing_is_sealed_by_a_data_key_that_is_not_there() =>
        Assert.Throws<CryptographicException>(() => Seal(Address, Value, keyVersion: 3));

    [Fact]
    public void Source_of_randomness_that_fails_leaves_nothing_sealed() => Assert.Throws<CryptographicException>(() =>
        Envelope.Seal(Address, 1, Value, Derive, _ => throw new CryptographicException("no entropy")));

    private static byte[] Pae(params string[] parts) =>
    [
        .. BitConverter.GetBytes((ulong)parts.Length),
        .. parts.SelectMany(part => (byte[])[.. BitConverter.GetBytes((ulong)part.Length), .. Encoding.ASCII.GetBytes(part)]),
    ];
}
