namespace Platform.Domain.Markets.Aggregation;

/// <summary>One venue's part in a market's price, and why it counted or did not.</summary>
/// <param name="Venue">Its number.</param>
/// <param name="Price">Of its last trade; null: none known.</param>
/// <param name="PriceAge">Null: no price.</param>
/// <param name="Volume">Base units of 24 hours.</param>
/// <param name="Weight">Its share of the index, 0 to 1, to six places.</param>
/// <param name="TakerFee">A fraction of what is traded.</param>
/// <param name="QuoteAge">Null: it never quoted. Older than 10 s it counts for nothing.</param>
public sealed record VenueEvidence(
    short Venue, VenueVerdict Verdict, decimal? Price, TimeSpan? PriceAge, decimal Volume, decimal Weight,
    decimal? Bid, decimal BidQuantity, decimal? Ask, decimal AskQuantity, TimeSpan? QuoteAge, decimal TakerFee)
{
    private const decimal FeeUnit = 0.00000001m;

    internal static VenueEvidence Of(
        short venue, ref readonly VenueSlot slot, VenueVerdict verdict, decimal weight, MarketScale scale, long now) => new(
        venue, verdict,
        Known(slot.Last, scale), slot.Last > 0 ? Age(slot.LastAt, now) : null, scale.Quantity(slot.Volume), weight,
        Known(slot.Bid, scale), scale.Quantity(slot.BidQuantity), Known(slot.Ask, scale), scale.Quantity(slot.AskQuantity),
        slot.QuoteAt > 0 ? Age(slot.QuoteAt, now) : null, slot.TakerFee * FeeUnit);

    private static decimal? Known(long price, MarketScale scale) => price > 0 ? scale.Price(price) : null;

    private static TimeSpan Age(long at, long now) => TimeSpan.FromTicks(Math.Max(0, now - at));
}

public static class VenueVerdicts
{
    extension(VenueVerdict verdict)
    {
        /// <summary>Whether its bid and ask still count among the best: a quote stands, whatever was traded before it.</summary>
        public bool KeepsQuote => verdict is VenueVerdict.Used or VenueVerdict.NoPrice or VenueVerdict.Old
            or VenueVerdict.Outlier or VenueVerdict.Disputed or VenueVerdict.JumpHeld or VenueVerdict.JumpRefused;

        /// <summary>Whether what was traded there counts in the market's windows and its volume.</summary>
        public bool KeepsTrades => verdict is VenueVerdict.Used or VenueVerdict.Old;
    }
}
