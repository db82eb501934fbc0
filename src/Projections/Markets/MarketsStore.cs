using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;

namespace Platform.Projections.Markets;

/// <summary>Everything the store has to know about markets.</summary>
public static class MarketsStore
{
    extension(StoreOptions options)
    {
        public void AddMarkets()
        {
            options.RegisterValueType<VenueId>();
            options.Events.AddEventTypes([
                typeof(CapabilityCorrected), typeof(VenueFeesCorrected), typeof(VenueKilled), typeof(VenueRevived),
                typeof(InstrumentListed), typeof(InstrumentRulesAnnounced), typeof(InstrumentDelisted),
                typeof(DelistingAnnounced), typeof(DelistingCalledOff)]);
            options.Projections.Add<VenueEntryProjection>(ProjectionLifecycle.Inline);
            options.Projections.Add<ListedInstrumentProjection>(ProjectionLifecycle.Inline);
            options.Schema.For<ListedInstrument>().Index(instrument => instrument.Venue);
        }
    }
}

/// <summary>Keeps the domain's <see cref="VenueEntry"/> in the same commit: what is killed is killed at once.</summary>
public sealed class VenueEntryProjection : SingleStreamProjection<VenueEntry, VenueEntryId>
{
    public override VenueEntry? Evolve(VenueEntry? snapshot, VenueEntryId id, IEvent e) =>
        e.Data is VenueEntryEvent happened ? VenueEntry.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Keeps the domain's <see cref="ListedInstrument"/> in the same commit as its facts.</summary>
public sealed class ListedInstrumentProjection : SingleStreamProjection<ListedInstrument, ListedInstrumentId>
{
    public override ListedInstrument? Evolve(ListedInstrument? snapshot, ListedInstrumentId id, IEvent e) =>
        e.Data is ListedInstrumentEvent happened ? ListedInstrument.Evolve(snapshot, happened) : snapshot;
}
