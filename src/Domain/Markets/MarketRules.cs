using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>
/// What a venue demands of an order on one market; zero switches a single rule off, as on Binance
/// (PRICE_FILTER, LOT_SIZE, MARKET_LOT_SIZE, NOTIONAL and MIN_NOTIONAL of exchangeInfo).
/// </summary>
/// <param name="Lot">Holds for every order.</param>
/// <param name="MarketLot">Holds for market orders, beside <paramref name="Lot"/>.</param>
/// <param name="BasePrecision">Decimals that the venue keeps of the base asset.</param>
/// <param name="QuotePrecision">Decimals that the venue keeps of the quote asset.</param>
/// <param name="PercentPrice">Null where a limit may be as far from the market as it likes.</param>
public sealed record MarketRules(
    Symbol Market, PriceRules Price, QuantityRules Lot, QuantityRules MarketLot, NotionalRules Notional,
    int BasePrecision, int QuotePrecision, PercentPriceRules? PercentPrice = null)
{
    /// <summary>What the venue demands of all orders of an account together, and judges itself.</summary>
    public TradingLimits Limits { get; init; } = TradingLimits.None;

    /// <summary>What quantities are multiples of; where the venue names no lot, the last decimal that it keeps.</summary>
    [JsonIgnore]
    public Quantity Step => Lot.Step > Quantity.Zero ? Lot.Step : Quantity.From(new decimal(1, 0, 0, false, (byte)BasePrecision));

    /// <summary>The rule that a limit or limit-maker order breaks; null when it breaks none.</summary>
    public Refusal? CheckLimit(Price limitPrice, Quantity quantity) =>
        Price.Check(limitPrice)
        ?? Lot.Check(quantity)
        ?? (Notional.Check(limitPrice, quantity) is { } refusal ? WithSuggestion(refusal, SmallestQuantity(limitPrice)) : null);

    /// <summary>The rule that a market order of so many base units breaks; null when it breaks none.</summary>
    /// <param name="reference">A recent price; null when none is known, and then the venue judges the notional.</param>
    public Refusal? CheckMarket(Quantity quantity, Price? reference) =>
        Lot.Check(quantity)
        ?? MarketLot.Check(quantity)
        ?? (reference is { } price && Notional.ForMarketOrders.Check(price, quantity) is { } refusal
            ? WithSuggestion(refusal, SmallestMarketQuantity(price))
            : null);

    /// <summary>The rule that a market order for so many quote units breaks; null when it breaks none.</summary>
    /// <param name="reference">A recent price; null when none is known, and then the venue judges the quantity.</param>
    public Refusal? CheckMarketByQuote(Notional quoteQuantity, Price? reference) =>
        CheckQuotePrecision(quoteQuantity)
        ?? Notional.ForMarketOrders.Check(quoteQuantity, Fields.QuoteQuantity)
        ?? (reference is { } price ? CheckBought(quoteQuantity, price) : null);

    /// <summary>
    /// The smallest quantity that the venue takes at this price: on the lot, at least the minimum, and worth the
    /// minimum notional after its own rounding. Null when that exceeds the maximum.
    /// </summary>
    public Quantity? SmallestQuantity(Price price)
    {
        var smallest = Smallest(price, Step, Math.Max(Lot.Min.Value, Step.Value), Notional.Min);
        return Lot.Check(smallest) is null ? smallest : null;
    }

    /// <summary>The same for a market order.</summary>
    /// <param name="reference">The venue's average price, or the worst that is to be expected.</param>
    public Quantity? SmallestMarketQuantity(Price reference)
    {
        var step = MarketLot.Step > Step ? MarketLot.Step : Step;
        var smallest = Smallest(
            reference, step, Math.Max(Math.Max(Lot.Min.Value, MarketLot.Min.Value), step.Value), Notional.MinOfMarketOrders);
        return (Lot.Check(smallest) ?? MarketLot.Check(smallest)) is null ? smallest : null;
    }

    private static Quantity Smallest(Price price, Quantity step, decimal atLeast, Notional worth)
    {
        var lots = new QuantityRules(step, Quantity.Zero, Quantity.Zero);
        var smallest = lots.RoundUp(Math.Max(atLeast, worth.Value / price.Value));
        // The quotient has 28 digits: what it lost may leave the product a hair under the minimum.
        if ((price * smallest).Value < worth.Value)
            smallest += step;
        return Trimmed(smallest);
    }

    private static Quantity Trimmed(Quantity quantity) => Quantity.From(ExactDecimal.Trimmed(quantity.Value));

    // What a person is told to ask for survives its own rounding.
    private Refusal WithSuggestion(Refusal refusal, Quantity? smallest) =>
        string.Equals(refusal.Code, "notional_too_small", StringComparison.Ordinal) && smallest is { } enough
            ? refusal with { Detail = $"{refusal.Detail} At this price that is {enough} {Market.Base} or more." }
            : refusal;

    private Refusal? CheckQuotePrecision(Notional quoteQuantity) => quoteQuantity.Value switch
    {
        0 => new("quantity_too_small", "An order is for more than nothing.", Fields.QuoteQuantity),
        var value when decimal.Round(value, QuotePrecision) != value => new(
            "quantity_off_lot", $"The venue keeps {QuotePrecision} decimals of {Market.Quote}.", Fields.QuoteQuantity),
        _ => null,
    };

    // What the venue will buy is a whole number of lots; only what cannot become one lot is refused here.
    private Refusal? CheckBought(Notional quoteQuantity, Price price)
    {
        // A market without maxima lets through what a decimal cannot divide.
        if (quoteQuantity.Value > NotionalRules.CountableMax * Math.Min(1, price.Value))
            return new("notional_too_large", "The order buys more than can be counted.", Fields.QuoteQuantity);

        var about = Trimmed(Lot.RoundDown(quoteQuantity.Value / price.Value));
        return about < Lot.Min || about == Quantity.Zero
            ? new("quantity_too_small", $"It buys about {about}, less than {Lot.Smallest}.", Fields.QuoteQuantity)
            : null;
    }
}

/// <summary>The members of an order request, in their JSON spelling.</summary>
internal static class Fields
{
    public const string LimitPrice = "limitPrice";
    public const string Quantity = "quantity";
    public const string QuoteQuantity = "quoteQuantity";
}
