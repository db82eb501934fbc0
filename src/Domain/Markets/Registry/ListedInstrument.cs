using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>The stream of one market at one exchange; one of each pair.</summary>
[JsonConverter(typeof(ValueConverter<ListedInstrumentId, Guid>))]
public readonly record struct ListedInstrumentId(Guid Value) : IValue<ListedInstrumentId, Guid>
{
    public static ListedInstrumentId From(Guid value) => new(value);

    public static ListedInstrumentId For(VenueId venue, Symbol market) =>
        new(DerivedId.Of("listed-instrument", venue.Value, market.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>Rules, and the instant from which on they hold until the next ones do.</summary>
/// <param name="Source">Who said so: the exchange's own answer, or a document.</param>
public sealed record EffectiveRules(MarketRules Rules, DateTimeOffset EffectiveFrom, string Source);

/// <summary>One market at one exchange through time.</summary>
/// <param name="IsListed">False once the exchange, or the platform, took it off.</param>
/// <param name="Rules">In the order of their instants; never empty.</param>
/// <param name="EndsAt">When the exchange means to take it off; null: it has said nothing of the kind.</param>
public sealed record ListedInstrument(
    ListedInstrumentId Id, VenueId Venue, Symbol Market, bool IsListed, ImmutableArray<EffectiveRules> Rules,
    DateTimeOffset? EndsAt = null)
{
    public static ListedInstrument? Evolve(ListedInstrument? instrument, ListedInstrumentEvent happened) => (instrument, happened) switch
    {
        (null, InstrumentListed e) => new(e.ListedInstrumentId, e.VenueId, e.Market, IsListed: true, []),
        (not null, InstrumentListed) => instrument with { IsListed = true },
        (not null, InstrumentRulesAnnounced e) => instrument with { Rules = With(instrument.Rules, new(e.Rules, e.EffectiveFrom, e.Source)) },
        (not null, InstrumentDelisted) => instrument with { IsListed = false, EndsAt = null },
        (not null, DelistingAnnounced e) => instrument with { EndsAt = e.EndsAt },
        (not null, DelistingCalledOff) => instrument with { EndsAt = null },
        _ => instrument,
    };

    /// <summary>The rules that hold, or held, at an instant; null before the first ones that are known.</summary>
    public EffectiveRules? RulesAt(DateTimeOffset instant) => Rules.LastOrDefault(rules => rules.EffectiveFrom <= instant);

    // Two announcements for one instant: the later one corrects the first.
    private static ImmutableArray<EffectiveRules> With(ImmutableArray<EffectiveRules> known, EffectiveRules more) =>
        [.. known.Where(rules => rules.EffectiveFrom != more.EffectiveFrom).Append(more).OrderBy(rules => rules.EffectiveFrom)];
}

/// <summary>The facts of one market at one exchange.</summary>
public abstract record ListedInstrumentEvent
{
    private protected ListedInstrumentEvent() { }
}

/// <summary>The exchange offers the market.</summary>
/// <param name="At">Our clock, when we learned it.</param>
public sealed record InstrumentListed(
    ListedInstrumentId ListedInstrumentId, VenueId VenueId, Symbol Market, DateTimeOffset At) : ListedInstrumentEvent;

/// <summary>From an instant on, an order has to keep to these rules.</summary>
public sealed record InstrumentRulesAnnounced(
    ListedInstrumentId ListedInstrumentId, MarketRules Rules, DateTimeOffset EffectiveFrom, string Source) : ListedInstrumentEvent;

/// <summary>The exchange said when it will offer the market no more; said again, the later word holds.</summary>
/// <param name="EndsAt">By the exchange's clock.</param>
/// <param name="At">Our clock, when we learned it.</param>
public sealed record DelistingAnnounced(
    ListedInstrumentId ListedInstrumentId, DateTimeOffset EndsAt, DateTimeOffset At) : ListedInstrumentEvent;

/// <summary>The exchange means to go on with a market whose end it had announced.</summary>
/// <param name="At">Our clock, when we learned it.</param>
public sealed record DelistingCalledOff(ListedInstrumentId ListedInstrumentId, DateTimeOffset At) : ListedInstrumentEvent;

/// <summary>The exchange offers the market no more.</summary>
/// <param name="At">Our clock, when we learned it.</param>
public sealed record InstrumentDelisted(ListedInstrumentId ListedInstrumentId, string Reason, DateTimeOffset At) : ListedInstrumentEvent;
