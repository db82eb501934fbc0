using System.Buffers;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>The stream of an API key.</summary>
[JsonConverter(typeof(ValueConverter<ApiKeyId, Guid>))]
public readonly record struct ApiKeyId(Guid Value) : IValue<ApiKeyId, Guid>
{
    public static ApiKeyId From(Guid value) => new(value);

    public static ApiKeyId For(ApiKeyName name) => new(DerivedId.Of("apikey", name.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>What an API key is called in paths and lists: 12 characters of base32 (RFC 4648, lower case), 60 bits.</summary>
[JsonConverter(typeof(ValueConverter<ApiKeyName, string>))]
public readonly record struct ApiKeyName : IValue<ApiKeyName, string>
{
    private ApiKeyName(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not 12 characters of a-z and 2-7.</exception>
    public static ApiKeyName From(string value) => ApiKeyNames.IsWellFormed(value)
        ? new(value)
        : throw new ArgumentException($"A key is called by {ApiKeyNames.Length} characters of a-z and 2-7.", nameof(value));

    public override string ToString() => Value;
}

/// <summary>Apart from the name itself, which the store takes for a value only while it has a single property.</summary>
public static class ApiKeyNames
{
    public const int Length = 12;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A name out of random bits.</summary>
    public static ApiKeyName Of(ulong random) => ApiKeyName.From(string.Create(Length, random, static (text, bits) =>
    {
        for (var i = 0; i < text.Length; i++, bits >>= 5)
            text[i] = Alphabet[(int)(bits & 31)];
    }));

    public static bool IsWellFormed(string text) => text.Length == Length && !text.AsSpan().ContainsAnyExcept(Letters);
}
