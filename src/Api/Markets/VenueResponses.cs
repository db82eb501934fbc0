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
/// <param name="KilledBecause">What was said by whoever of the platform stopped its data; null: nobody did.</param>
public sealed record VenueRow(
    VenueId Venue, bool IsHome, bool IsTrading, Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity,
    decimal? EffectiveBid, decimal? EffectiveAsk, decimal? TakerRate, Price? Last, Quantity Volume24h, DateTimeOffset? QuotedAt,
    BookState? BookState, decimal Weight, VenueVerdict Verdict, string? KilledBecause)
{
    public static VenueRow Of(VenueReading reading, bool isHome, VenueEvidence? evidence) => new(
        reading.Venue, isHome, reading.IsTrading, reading.Quote?.Bid, reading.Quote?.BidQuantity ?? default, reading.Quote?.Ask,
        reading.Quote?.AskQuantity ?? default, reading.Quote?.Bid?.Value * (1 - reading.Fees?.Taker),
        reading.Quote?.Ask?.Value * (1 + reading.Fees?.Taker), reading.Fees?.Taker, reading.Ticker?.Last,
        reading.Ticker?.Volume24h ?? default, reading.Quote?.At, reading.Book?.Book.State, evidence?.Weight ?? 0,
        reading.KilledBecause is null ? evidence?.Verdict ?? VenueVerdict.NoPrice : VenueVerdict.Killed, reading.KilledBecause);
}

/// <summary>The price of a market over all its venues.</summary>
/// <param name="Price">Weighed by volume and age after the outlier rule; null while no venue may be believed.</param>
/// <param name="At">Of when the price is; a kept one is older than the answer. Null without a price.</param>
/// <param name="MicroPrice">Between best bid and best ask, nearer to the side where less stands.</param>
/// <param name="VwapMinute">Of what was traded: another number than the price.</param>
/// <param name="CountedSince">
/// What was traded is known without a gap since then: the VWAP of a day is whole once that is 24 hours ago, after a restart too. Null while
/// a venue is still asked for what was missed.
/// </param>
/// <param name="Venues">Each venue's part, where an explanation was asked for; else null.</param>
/// <param name="IsReproduced">
/// Of a past price, whether the rule makes of what was stored what was told then; null for a price of now, and where another methodology made it.
/// </param>
public sealed record PriceResponse(
    Symbol Market, decimal? Price, DateTimeOffset? At, IndexQuality Quality, int Methodology, int VenuesUsed, int VenuesListed,
    decimal? BestBid, decimal? BestAsk, decimal? MicroPrice, decimal? VwapMinute, decimal? VwapHour, decimal? VwapDay,
    DateTimeOffset? CountedSince, IReadOnlyList<PricePart>? Venues, bool? IsReproduced = null)
{
    /// <summary>Of the past, computed anew from what was stored; what was not stored is null.</summary>
    public static PriceResponse Of(IndexSample stored, bool isExplained)
    {
        var recomputed = stored.Recomputed();
        var sample = recomputed ?? stored;
        return new(
            stored.Market.Market, sample.Index, sample.Index is null ? null : stored.At, sample.Outcome.Quality, stored.Methodology,
            sample.Parts.Count(part => part.Verdict is VenueVerdict.Used), sample.Parts.Count, BestBid: null, BestAsk: null, MicroPrice: null,
            VwapMinute: null, VwapHour: null, VwapDay: null, CountedSince: null,
            isExplained ? [.. sample.Parts.Select(part => PricePart.Of(part, stored.Scale))] : null, recomputed?.SaysTheSameAs(stored));
    }

    /// <param name="killedBecause">Null: nobody stopped its data.</param>
    public static PriceResponse Of(
        Symbol market, MarketExplanation explained, bool isExplained, Func<VenueId, string?> killedBecause)
    {
        var view = explained.View;
        return new(
            market, view.Index, view.IndexAt, view.Quality, explained.Methodology, view.VenuesUsed, view.VenuesListed, view.BestBid,
            view.BestAsk, view.MicroPrice, view.VwapMinute, view.VwapHour, view.VwapDay,
            view.CountedSince, isExplained ? [.. explained.Venues.Select(venue => PricePart.Of(venue, killedBecause(venue.Venue)))] : null);
    }
}

/// <param name="Verdict">Whether it counts, or why not.</param>
/// <param name="Weight">Its share of the price, 0 to 1.</param>
/// <param name="AgeMilliseconds">Of its last trade; null: none known.</param>
/// <param name="KilledBecause">What was said by whoever of the platform stopped its data; null: nobody did.</param>
public sealed record PricePart(
    VenueId Venue, VenueVerdict Verdict, decimal Weight, decimal? Price, long? AgeMilliseconds, decimal Volume24h, string? KilledBecause)
{
    public static PricePart Of(IndexPart part, MarketScale scale) => new(
        part.Venue, part.Verdict, part.Weight, part.Input.Price > 0 ? scale.Price(part.Input.Price) : null,
        part.Input.Price > 0 ? part.Input.Age / TimeSpan.TicksPerMillisecond : null, scale.Quantity(part.Input.Volume),
        KilledBecause: null);

    public static PricePart Of(ExplainedVenue venue, string? killedBecause) => new(
        venue.Venue, venue.Evidence.Verdict, venue.Evidence.Weight, venue.Evidence.Price,
        (long?)venue.Evidence.PriceAge?.TotalMilliseconds, venue.Evidence.Volume, killedBecause);
}
