using System.Buffers;
using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary>What is owned and counted, by the code that its market uses, for example BTC (FIX 15 Currency).</summary>
[JsonConverter(typeof(ValueConverter<Asset, string>))]
public readonly record struct Asset : IValue<Asset, string>
{
    private const int LengthMax = 20;
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

    private readonly string? code;

    private Asset(string code) => this.code = code;

    public string Value => code ?? string.Empty;

    /// <exception cref="ArgumentException">The text is not 1 to 20 of A-Z, 0-9 and the dot.</exception>
    public static Asset From(string value) => IsWellFormed(value)
        ? new(value)
        : throw new ArgumentException("An asset is 1 to 20 of A-Z, 0-9 and the dot.", nameof(value));

    /// <summary>Venues list assets outside this alphabet; they are left out rather than misread.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= LengthMax && !value.ContainsAnyExcept(Letters);

    public override string ToString() => Value;
}
