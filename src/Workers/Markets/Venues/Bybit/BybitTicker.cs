using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>The day of one instrument on the stream, which tells of contracts only what changed.</summary>
internal sealed class BybitTicker(Instrument instrument)
{
    private readonly Dictionary<string, decimal> told = new(StringComparer.Ordinal);

    /// <summary>Null until all that makes a day was told.</summary>
    public DaySummary? Change(JsonElement ticker, DateTimeOffset at)
    {
        foreach (var name in Names)
            if (ticker.DecimalOrNone(name) is { } value)
                told[name] = value;

        var (volume, turnover) = instrument.Derivative is { IsInverse: true }
            ? ("turnover24h", "volume24h")
            : ("volume24h", "turnover24h");
        if (!told.TryGetValue(volume, out var traded) || !told.TryGetValue(turnover, out var worth))
            return null;

        return new(
            PriceOf("lastPrice"), PriceOf("bid1Price"), QuantityOf("bid1Size"), PriceOf("ask1Price"), QuantityOf("ask1Size"),
            PriceOf("prevPrice24h"), PriceOf("highPrice24h"), PriceOf("lowPrice24h"),
            Quantity.From(traded), Notional.From(worth), at);
    }

    private static readonly string[] Names =
    [
        "lastPrice", "bid1Price", "bid1Size", "ask1Price", "ask1Size", "prevPrice24h", "highPrice24h", "lowPrice24h",
        "volume24h", "turnover24h",
    ];

    private Price? PriceOf(string name) => told.GetValueOrDefault(name) is > 0 and var value ? Price.From(value) : null;

    private Quantity QuantityOf(string name) => Quantity.From(told.GetValueOrDefault(name));
}
