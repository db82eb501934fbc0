using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>Who crossed the spread in a public trade.</summary>
public enum TakerSide { Buy, Sell }

/// <summary>One trade as the venue published it.</summary>
/// <param name="Id">The venue's number; on most venues it rises by one within a market. A hash where it is no number.</param>
/// <param name="At">The venue's clock.</param>
public readonly record struct PublicTrade(long Id, Price Price, Quantity Quantity, TakerSide TakerSide, DateTimeOffset At);

/// <summary>The best bid and ask; a side is null while nobody stands on it.</summary>
/// <param name="At">When the platform last knew it to hold.</param>
public sealed record Quote(
    Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity, DateTimeOffset At)
{
    /// <summary>Halfway between bid and ask, in quote units; null while a side is empty.</summary>
    public Price? Mid => (Bid, Ask) is ({ } bid, { } ask) ? Price.From((bid.Value + ask.Value) / 2) : null;
}

/// <summary>What the last 24 hours and the latest moment of a market look like.</summary>
/// <param name="Last">Null until the first trade.</param>
/// <param name="Open24h">Null, as high and low, when nothing traded for 24 hours.</param>
/// <param name="At">When the platform last learned any of it.</param>
public sealed record Ticker(
    Symbol Market, Price? Last, Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity,
    Price? Open24h, Price? High24h, Price? Low24h, Quantity Volume24h, Notional QuoteVolume24h, DateTimeOffset At)
{
    /// <summary>From the open 24 hours ago to the last price, in per cent to three places; null while either is.</summary>
    public decimal? Change24hPercent => (Open24h, Last) is ({ } open, { } last)
        ? decimal.Round((last.Value - open.Value) / open.Value * 100, decimals: 3, MidpointRounding.ToEven)
        : null;
}

/// <summary>A venue's summary of the last 24 hours; prices are null when there is none.</summary>
/// <param name="QuoteVolume">Null where the venue counts base units alone.</param>
/// <param name="At">The venue's clock; ours where it does not say.</param>
public sealed record DaySummary(
    Price? Last, Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity,
    Price? Open, Price? High, Price? Low, Quantity Volume, Notional? QuoteVolume, DateTimeOffset At);
