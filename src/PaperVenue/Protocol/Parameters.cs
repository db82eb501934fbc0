using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>The named values of one request, from a query, a form body or a WebSocket message.</summary>
public sealed partial class Parameters
{
    private const int PatienceMilliseconds = 100;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> All => values;

    /// <exception cref="RefusedException">The name came before.</exception>
    public void Add(string name, string value)
    {
        if (!values.TryAdd(name, value))
            throw new RefusedException(Refusals.DuplicateParameter);
    }

    /// <summary>Reads <c>a=1&amp;b=2</c>; a query and a body may both be added.</summary>
    public void AddForm(string form)
    {
        foreach (var pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            Add(Decode(name), Decode(value));
        }
    }

    /// <summary>Null when the parameter was not sent.</summary>
    /// <exception cref="RefusedException">It was sent empty.</exception>
    public string? Text(string name)
    {
        if (!values.TryGetValue(name, out var value))
            return null;
        return value.Length > 0 ? value : throw new RefusedException(Refusals.Empty(name));
    }

    public string RequiredText(string name) => Text(name) ?? throw new RefusedException(Refusals.Missing(name));

    /// <summary>A whole number from zero up; null when not sent.</summary>
    public long? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RefusedException(Refusals.IllegalCharacters(name, "^[0-9]{1,20}$"));
    }

    public int Limit(int usual, int most)
    {
        var limit = Number("limit") ?? usual;
        return limit > 0 ? (int)Math.Min(limit, most) : throw new RefusedException(Refusals.NotValid("limit"));
    }

    /// <summary>A decimal from zero up with at most eight decimals; null when not sent.</summary>
    public decimal? Amount(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (!AmountForm.IsMatch(text))
        {
            throw new RefusedException(
                Refusals.IllegalCharacters(name, @"^([0-9]{1,20})(\.[0-9]{1,20})?$"));
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && text.TrimEnd('0').Length - point - 1 > Instrument.Decimals)
            throw new RefusedException(Refusals.TooPrecise(name));
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The client's own id for an order; null when not sent.</summary>
    public string? ClientOrderId(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return ClientIdForm.IsMatch(text)
            ? text
            : throw new RefusedException(Refusals.IllegalCharacters(name, "^[a-zA-Z0-9-_]{1,36}$"));
    }

    /// <summary>What <c>symbol</c> or <c>symbols</c> (a JSON list) name; null when neither was sent.</summary>
    public IReadOnlyList<string>? Symbols()
    {
        if (Text("symbol") is { } single)
            return Text("symbols") is null ? [single] : throw new RefusedException(Refusals.InvalidCombination);
        if (Text("symbols") is not { } list)
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(list) ?? [];
        }
        catch (JsonException)
        {
            throw new RefusedException(Refusals.IllegalCharacters("symbols", "^\\[(\"[A-Z0-9-_.]{1,20}\",?)+\\]$"));
        }
    }

    [GeneratedRegex(@"^[0-9]{1,20}(\.[0-9]{1,20})?$", RegexOptions.ExplicitCapture, PatienceMilliseconds)]
    private static partial Regex AmountForm { get; }

    [GeneratedRegex("^[.A-Z:/a-z0-9_-]{1,36}$", RegexOptions.ExplicitCapture, PatienceMilliseconds)]
    private static partial Regex ClientIdForm { get; }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
