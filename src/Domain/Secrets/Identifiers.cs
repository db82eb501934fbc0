using System.Globalization;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Secrets;

/// <summary>What a secret belongs to: "venue.paper".</summary>
[JsonConverter(typeof(ValueConverter<SecretId, string>))]
public readonly record struct SecretId : IValue<SecretId, string>
{
    private SecretId(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">Not 1 to 128 of letters, digits, dot, underscore and hyphen.</exception>
    public static SecretId From(string value) => new(SecretWord.Checked(value));

    public override string ToString() => Value;
}

/// <summary>Which of the secrets of its <see cref="SecretId"/> it is: "credentials".</summary>
[JsonConverter(typeof(ValueConverter<SecretName, string>))]
public readonly record struct SecretName : IValue<SecretName, string>
{
    private SecretName(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">Not 1 to 128 of letters, digits, dot, underscore and hyphen.</exception>
    public static SecretName From(string value) => new(SecretWord.Checked(value));

    public override string ToString() => Value;
}

/// <summary>Why a secret is read, in a word that says nothing of a person: "venue.connect". Auditors see it.</summary>
[JsonConverter(typeof(ValueConverter<SecretPurpose, string>))]
public readonly record struct SecretPurpose : IValue<SecretPurpose, string>
{
    private SecretPurpose(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">Not 1 to 128 of letters, digits, dot, underscore and hyphen.</exception>
    public static SecretPurpose From(string value) => new(SecretWord.Checked(value));

    public override string ToString() => Value;
}

/// <summary>The stream of one secret through all its versions, and the row that holds its envelope.</summary>
[JsonConverter(typeof(ValueConverter<SealedSecretId, Guid>))]
public readonly record struct SealedSecretId(Guid Value) : IValue<SealedSecretId, Guid>
{
    public static SealedSecretId From(Guid value) => new(value);

    public static SealedSecretId For(SecretAddress address) =>
        new(DerivedId.Of("secret", address.Tenant, address.Id.Value, address.Name.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>The stream of who read one secret on one day (UTC): a stream of all days would grow for ever.</summary>
[JsonConverter(typeof(ValueConverter<SecretAccessId, Guid>))]
public readonly record struct SecretAccessId(Guid Value) : IValue<SecretAccessId, Guid>
{
    public static SecretAccessId From(Guid value) => new(value);

    public static SecretAccessId For(SecretAddress address, DateOnly day) => new(DerivedId.Of(
        "secret-access", address.Tenant, address.Id.Value, address.Name.Value, day.ToString("O", CultureInfo.InvariantCulture)));

    public override string ToString() => Value.ToString("D");
}

/// <summary>The stream of a ring of data keys. The platform has one.</summary>
[JsonConverter(typeof(ValueConverter<KeyRingId, Guid>))]
public readonly record struct KeyRingId(Guid Value) : IValue<KeyRingId, Guid>
{
    public static KeyRingId From(Guid value) => new(value);

    public static KeyRingId For(string purpose) => new(DerivedId.Of("key-ring", purpose));

    public override string ToString() => Value.ToString("D");
}

/// <summary>Tells key-encryption keys apart, and nothing of the keys: 8 bytes derived from one, in hexadecimal.</summary>
[JsonConverter(typeof(ValueConverter<KekId, string>))]
public readonly record struct KekId : IValue<KekId, string>
{
    private const int Length = 16;

    private KekId(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">Not 16 lower-case hexadecimal digits.</exception>
    public static KekId From(string value) => new(Hexadecimal.Checked(value, Length));

    public override string ToString() => Value;
}

/// <summary>SHA-256 of an envelope, in hexadecimal. By it a row is known to hold what was sealed last, and nothing older.</summary>
[JsonConverter(typeof(ValueConverter<EnvelopeDigest, string>))]
public readonly record struct EnvelopeDigest : IValue<EnvelopeDigest, string>
{
    private const int Length = 64;

    private EnvelopeDigest(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    public static EnvelopeDigest From(string value) => new(Hexadecimal.Checked(value, Length));

    public override string ToString() => Value;
}
