using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Api.Markets;

/// <summary>A market side by side at all venues that list it.</summary>
/// <param name="Index">The price over all venues; null while none may be believed.</param>
/// <param name="BestBid">Over all venues that may be believed, as <paramref name="BestAsk"/>.</param>
/// <param name="SpreadBps">Below zero where the bids of one venue meet the asks of another.</param>
public sealed record VenuesResponse(
    Symbol Market, decimal? Index, IndexQuality Quality, decimal? BestBid, decimal? BestAsk, decimal? SpreadBps, DateTimeOffset At,
    IReadOnlyList<VenueRow> Venues);

/// <param name="IsHome">Orders go there.</param>
/// <param name="EffectiveBid">What a seller keeps behind the taker's fee; null while bid or fee is unknown.</param>
/// <param name="EffectiveAsk">What a buyer pays with the taker's fee; null while ask or fee is unknown.</param>
/// <param name="TakerRate">A fraction of what is traded; null while unknown.</param>
/// <param name="Volume24h">In base units.</param>
/// <param name="QuotedAt">When bid and ask were last known to hold; null: never.</param>
/// <param name="BookState">As the book's own answer has it; null where it is not followed.</param>
/// <param name="Weight">Its share of the index, 0 to 1.</param>
/// <param name="Verdict">Whether it counts for the index, or why not.</param>
public sealed record VenueRow(
    VenueId Venue, bool IsHome, bool IsTrading, Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity,
    decimal? EffectiveBid, decimal? EffectiveAsk, decimal? TakerRate, Price? Last, Quantity Volume24h, DateTimeOffset? QuotedAt,
    BookState? BookState, decimal Weight, VenueVerdict Verdict)
{
    public static VenueRow Of(VenueReading reading, bool isHome, VenueEvidence? evidence) => new(
        reading.Venue, isHome, reading.IsTrading, reading.Quote?.Bid, reading.Quote?.BidQuantity ?? default, reading.Quote?.Ask,
        reading.Quote?.AskQuantity ?? default, reading.Quote?.Bid?.Value * (1 - reading.Fees?.Taker),
        reading.Quote?.Ask?.Value * (1 + reading.Fees?.Taker), reading.Fees?.Taker, reading.Ticker?.Last,
        reading.Ticker?.Volume24h ?? default, reading.Quote?.At, reading.Book?.Book.State, evidence?.Weight ?? 0,
        evidence?.Verdict ?? VenueVerdict.NoPrice);
}

/// <summary>The price of a market over all its venues.</summary>
/// <param name="Price">Weighed by volume and age after the outlier rule; null while no venue may be believed.</param>
/// <param name="At">Of when the price is; a kept one is older than the answer. Null without a price.</param>
/// <param name="MicroPrice">Between best bid and best ask, nearer to the side where less stands.</param>
/// <param name="VwapMinute">Of what was traded: another number than the price.</param>
/// <param name="Venues">Each venue's part, where an explanation was asked for; else null.</param>
public sealed record PriceResponse(
    Symbol Market, decimal? Price, DateTimeOffset? At, IndexQuality Quality, int Methodology, int VenuesUsed, int VenuesListed,
    decimal? BestBid, decimal? BestAsk, decimal? MicroPrice, decimal? VwapMinute, decimal? VwapHour, decimal? VwapDay,
    IReadOnlyList<PricePart>? Venues)
{
    public static PriceResponse Of(Symbol market, MarketExplanation explained, bool isExplained)
    {
        var view = explained.View;
        return new(
            market, view.Index, view.IndexAt, view.Quality, explained.Methodology, view.VenuesUsed, view.VenuesListed, view.BestBid,
            view.BestAsk, view.MicroPrice, view.VwapMinute, view.VwapHour, view.VwapDay,
            isExplained ? [.. explained.Venues.Select(PricePart.Of)] : null);
    }
}

/// <param name="Verdict">Whether it counts, or why not.</param>
/// <param name="Weight">Its share of the price, 0 to 1.</param>
/// <param name="AgeMilliseconds">Of its last trade; null: none known.</param>
public sealed record PricePart(VenueId Venue, VenueVerdict Verdict, decimal Weight, decimal? Price, long? AgeMilliseconds, decimal Volume24h)
{
    public static PricePart Of(ExplainedVenue venue) => new(
        venue.Venue, venue.Evidence.Verdict, venue.Evidence.Weight, venue.Evidence.Price,
        (long?)venue.Evidence.PriceAge?.TotalMilliseconds, venue.Evidence.Volume);
}
