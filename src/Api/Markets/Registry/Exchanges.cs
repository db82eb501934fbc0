using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;

namespace Platform.Api.Markets.Registry;

/// <summary>Exchanges as the sources, people and the connections say together.</summary>
public sealed class Exchanges(IDocumentStore store, ConnectedVenues connected, MarketFeed feed, KillSwitches switches)
{
    /// <summary>Where pools trade.</summary>
    public VenueId Home => connected.Home.Venue;

    public ExchangeStatus StatusOf(VenueId venue) => venue switch
    {
        _ when switches.IsKilled(venue, VenueActivity.Data) => ExchangeStatus.Halted,
        _ when connected.Find(venue) is null => ExchangeStatus.NotConnected,
        _ => feed.IsConnectedTo(venue) ? ExchangeStatus.Connected : ExchangeStatus.Disconnected,
    };

    public async Task<IReadOnlyList<ExchangeDetail>> AllAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var decided = (await session.Query<VenueEntry>().ToListAsync(cancellationToken)).ToDictionary(entry => entry.Venue);
        return [.. Venues.All.Select(venue => Of(venue, decided.GetValueOrDefault(venue.Id)))];
    }

    /// <summary>Null when the registry has no such exchange.</summary>
    public async Task<ExchangeDetail?> FindAsync(VenueId id, CancellationToken cancellationToken)
    {
        if (Venues.Find(id) is not { } venue)
            return null;

        await using var session = store.QuerySession();
        return Of(venue, await session.LoadAsync<VenueEntry>(VenueEntryId.For(id), cancellationToken));
    }

    private ExchangeDetail Of(Venue venue, VenueEntry? decided) =>
        ExchangeDetail.Of(venue, decided, StatusOf(venue.Id), venue.Id == Home);
}
