using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Fetching;

/// <summary>What is fetched and from where: "exchange.tickers@binance", "macro.bonds@fred/DGS10", "chain.gas@eip155:1".</summary>
[JsonConverter(typeof(ValueConverter<FetcherId, string>))]
public readonly record struct FetcherId : IValue<FetcherId, string>
{
    private const int LengthMax = 120;

    private FetcherId(string value) => Value = value;

    public string Value => field ?? string.Empty;

    /// <summary>The kind of facts, the same for all sources.</summary>
    public string Type => Value[..Math.Max(0, Value.IndexOf('@', StringComparison.Ordinal))];

    /// <summary>Who tells them.</summary>
    public string Source => Value[(Value.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <exception cref="ArgumentException">Not a type and a source, joined by one "@", of at most 120 printable ASCII characters.</exception>
    public static FetcherId From(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length <= LengthMax && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            && value.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
                ? new(value)
                : throw new ArgumentException("A fetcher is TYPE@SOURCE.", nameof(value));
    }

    /// <exception cref="ArgumentException">Either is empty or has characters that no id has.</exception>
    public static FetcherId Of(string type, string source) => From($"{type}@{source}");

    /// <summary>Whether an operator who wrote this means this fetcher: its id or its type, of which "*" may replace the end.</summary>
    public bool IsMeantBy(string pattern)
    {
        var parts = pattern.Split('@');
        return parts.Length <= 2 && Matches(Type, parts[0]) && (parts.Length == 1 || Matches(Source, parts[1]));
    }

    public override string ToString() => Value;

    private static bool Matches(string text, string pattern) => pattern.EndsWith('*')
        ? text.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : string.Equals(text, pattern, StringComparison.Ordinal);
}
