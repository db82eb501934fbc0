using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary>The caller's name for one intent: the same key twice is one effect and gets the first answer.</summary>
[JsonConverter(typeof(ValueConverter<EnsureKey, string>))]
public readonly record struct EnsureKey : IValue<EnsureKey, string>
{
    public const int LengthMax = 255;

    private EnsureKey(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <exception cref="ArgumentException">The text is not 1 to 255 visible ASCII characters.</exception>
    public static EnsureKey From(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length is > 0 and <= LengthMax && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new(value)
            : throw new ArgumentException($"A key is 1 to {LengthMax} visible ASCII characters.", nameof(value));
    }

    /// <summary>A caller's key apart from another's of the same letters; in plain words where it is short enough.</summary>
    /// <param name="caller">Visible ASCII without a slash.</param>
    public static EnsureKey Of(string caller, string key)
    {
        var whole = $"{caller}/{key}";
        return From(whole.Length <= LengthMax ? whole : $"sha256/{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(whole)))}");
    }

    public override string ToString() => Value;
}
