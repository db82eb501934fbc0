using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>The exchange lists the market, with these rules now.</summary>
/// <param name="Source">Where it says so.</param>
public sealed record RecordListing(VenueId VenueId, MarketRules Rules, string Source, DateTimeOffset At);

/// <summary>The market is gone from the exchange's list.</summary>
public sealed record RecordDelisting(VenueId VenueId, Symbol Market, string Reason, DateTimeOffset At);

/// <summary>What the exchange says of the end of a market.</summary>
/// <param name="EndsAt">Null: nothing, or nothing any more.</param>
public sealed record RecordDelistingPlan(VenueId VenueId, Symbol Market, DateTimeOffset? EndsAt, DateTimeOffset At);

/// <summary>Rules that hold from an instant on, which may lie ahead; what is null stays as it is at that instant.</summary>
/// <param name="TickSize">Quote units, as <paramref name="MinNotional"/>; the others are base units.</param>
public sealed record AnnounceRules(
    VenueId VenueId, Symbol Market, DateTimeOffset EffectiveFrom, string Source, decimal? TickSize, decimal? LotSize,
    decimal? MinQuantity, decimal? MaxQuantity, decimal? MinNotional)
{
    internal MarketRules Over(MarketRules before) => before with
    {
        Price = before.Price with { TickSize = TickSize ?? before.Price.TickSize },
        Lot = new(Of(LotSize) ?? before.Lot.Step, Of(MinQuantity) ?? before.Lot.Min, Of(MaxQuantity) ?? before.Lot.Max),
        Notional = MinNotional is { } least ? WithMin(before.Notional, Notional.From(least)) : before.Notional,
    };

    private static Quantity? Of(decimal? value) => value is { } known ? Quantity.From(known) : null;

    // Where market orders have a minimum it is the same one.
    private static NotionalRules WithMin(NotionalRules before, Notional min) => before with
    {
        Min = min, MinOfMarketOrders = before.MinOfMarketOrders == Notional.Zero ? Notional.Zero : min,
    };
}

/// <summary>The rules of markets through time.</summary>
public static class ListedInstrumentDecider
{
    /// <summary>What the exchange says again is nothing new; what it says otherwise is a fact from the moment we learned it.</summary>
    public static Decision<ListedInstrumentEvent> Decide(RecordListing command, ListedInstrument? instrument)
    {
        var id = ListedInstrumentId.For(command.VenueId, command.Rules.Market);
        List<ListedInstrumentEvent> events = [];
        if (instrument is not { IsListed: true })
            events.Add(new InstrumentListed(id, command.VenueId, command.Rules.Market, command.At));
        if (instrument?.RulesAt(command.At)?.Rules != command.Rules)
            events.Add(new InstrumentRulesAnnounced(id, command.Rules, command.At, command.Source));
        return new Decision<ListedInstrumentEvent>.Accepted(events);
    }

    public static Decision<ListedInstrumentEvent> Decide(RecordDelisting command, ListedInstrument? instrument) => instrument switch
    {
        null => Refusal.NotFound,
        { IsListed: false } => Decision<ListedInstrumentEvent>.Nothing,
        _ => new InstrumentDelisted(instrument.Id, command.Reason, command.At),
    };

    /// <summary>An announcement whose instant is over was not called off: the exchange's list says what became of the market.</summary>
    public static Decision<ListedInstrumentEvent> Decide(RecordDelistingPlan command, ListedInstrument? instrument) => (instrument, command.EndsAt) switch
    {
        (null or { IsListed: false }, _) => Decision<ListedInstrumentEvent>.Nothing,
        (_, { } ends) when ends != instrument.EndsAt => new DelistingAnnounced(instrument.Id, ends, command.At),
        ({ EndsAt: { } announced }, null) when announced > command.At => new DelistingCalledOff(instrument.Id, command.At),
        _ => Decision<ListedInstrumentEvent>.Nothing,
    };

    public static Decision<ListedInstrumentEvent> Decide(AnnounceRules command, ListedInstrument? instrument)
    {
        if (instrument is not { IsListed: true } || instrument.RulesAt(command.EffectiveFrom) is not { } before)
            return Refusal.NotFound;
        if (command is { TickSize: < 0 } or { LotSize: < 0 } or { MinQuantity: < 0 } or { MaxQuantity: < 0 } or { MinNotional: < 0 })
            return new Refusal("rules_out_of_range", "No rule is below zero; zero switches it off.");
        if (string.IsNullOrWhiteSpace(command.Source) || command.Source.Length > VenueEntryDecider.WordsMax)
            return VenueEntryDecider.WordsMissing("source");

        var rules = command.Over(before.Rules);
        return rules == before.Rules
            ? Decision<ListedInstrumentEvent>.Nothing
            : new InstrumentRulesAnnounced(instrument.Id, rules, command.EffectiveFrom, command.Source);
    }
}
