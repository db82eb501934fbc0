using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>
/// A venue as fetchers ask it: through its connector, which keeps to the venue's own limits. What is kept is the connector's
/// answer in our words, for that is what it gives; a parser of the venue's own bytes is the connector's.
/// </summary>
public sealed class VenueSource(ConnectedVenue venue, TimeProvider time) : IDisposable
{
    // Of a venue's listing a minute's age changes nothing; it is heavy to ask for.
    private static readonly TimeSpan ListingKept = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim listing = new(1);
    private readonly IReadOnlyList<Symbol> watched = venue.Settings.Watched;
    private IReadOnlyList<Instrument> listed = [];
    private DateTimeOffset? listedAt;

    public VenueId Venue => venue.Venue;

    public VenueParts Parts => venue.Parts;

    public IVenueMarketData MarketData => venue.Parts.MarketData;

    /// <summary>What the markets that are followed are made of.</summary>
    public IReadOnlyList<Asset> Assets { get; } =
        [.. venue.Settings.Watched.SelectMany(market => (Asset[])[market.Base, market.Quote]).Distinct()];

    /// <summary>Terms of a fetcher of this venue: its public data is asked for without a key, and the connector holds the budget.</summary>
    public FetcherTerms TermsOf(string type, string summary, TimeSpan every, TimeSpan? kept, GapRule gaps) => new(
        FetcherId.Of(type, venue.Venue.Value), summary, $"the connector of {venue.Venue}", FetchSchedule.Every(every),
        new($"venue/{venue.Venue}", CallsMax: 600, TimeSpan.FromMinutes(1)), Licence.OwnAccess, StaleAfter: (every * 4) + TimeSpan.FromMinutes(1),
        gaps, Parser: 1, RawKept: TimeSpan.FromDays(2), FactsKept: kept);

    /// <summary>The instruments of a kind on the markets that are followed.</summary>
    /// <exception cref="FetchException">The venue did not say what it lists.</exception>
    public async Task<IReadOnlyList<Instrument>> FollowedAsync(InstrumentKind kind, CancellationToken cancellationToken) =>
        [.. (await ListedAsync(cancellationToken)).Where(each => each.Kind == kind)];

    /// <summary>One question about each followed spot instrument, which is called as its market.</summary>
    public async Task<IReadOnlyList<FetchCall>> PerInstrumentAsync<T>(
        Func<Instrument, CancellationToken, Task<VenueAnswer<T>>> askAsync, CancellationToken cancellationToken) =>
    [
        .. (await FollowedAsync(InstrumentKind.Spot, cancellationToken))
            .Select(instrument => Call(instrument.Market.Value, stop => askAsync(instrument, stop))),
    ];

    /// <summary>The same about perpetuals, of which a market may have several: they are called as the venue calls them.</summary>
    public async Task<IReadOnlyList<FetchCall>> PerPerpetualAsync<T>(
        Func<Instrument, CancellationToken, Task<VenueAnswer<T>>> askAsync, CancellationToken cancellationToken) =>
    [
        .. (await FollowedAsync(InstrumentKind.Perpetual, cancellationToken))
            .Select(instrument => Call(instrument.VenueSymbol, stop => askAsync(instrument, stop))),
    ];

    public static FetchCall Call<T>(string about, Func<CancellationToken, Task<VenueAnswer<T>>> askAsync) =>
        new(about, async stop => JsonSerializer.SerializeToUtf8Bytes(Told(await askAsync(stop)), FactContent.Json));

    public static T Read<T>(RawAnswer raw) => JsonSerializer.Deserialize<T>(raw.Body.Span, FactContent.Json)
        ?? throw new FormatException("The answer is null.");

    public void Dispose() => listing.Dispose();

    private async Task<IReadOnlyList<Instrument>> ListedAsync(CancellationToken cancellationToken)
    {
        await listing.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (now - listedAt < ListingKept)
                return listed;

            var all = Told(await MarketData.InstrumentsAsync(cancellationToken));
            listed = [.. all.Where(each => each.IsTrading && watched.Contains(each.Market))];
            listedAt = now;
            return listed;
        }
        finally
        {
            listing.Release();
        }
    }

    private static T Told<T>(VenueAnswer<T> answer) => answer.Match(
        value => value,
        refused => throw (refused.Code is VenueKill.Code
            ? new FetchException(FetchFault.Stopped, refused.Message)
            : new FetchException(FetchFault.Refused, $"The venue refused, {refused.Code}: {refused.Message}")),
        unfound => throw new FetchException(FetchFault.Refused, unfound.Message),
        unknown => throw new FetchException(FaultOf(unknown.Cause), unknown.Detail));

    private static FetchFault FaultOf(UnknownCause cause) => cause switch
    {
        UnknownCause.Timeout => FetchFault.Timeout,
        UnknownCause.ServerError => FetchFault.ServerError,
        UnknownCause.Disconnected => FetchFault.Disconnected,
        UnknownCause.Throttled => FetchFault.Throttled,
        _ => FetchFault.Unreadable,
    };
}

/// <summary>All venues that the platform is connected to.</summary>
public sealed class VenueSources(ConnectedVenues venues, TimeProvider time) : IDisposable
{
    public IReadOnlyList<VenueSource> All { get; } = [.. venues.All.Select(venue => new VenueSource(venue, time))];

    public void Dispose()
    {
        foreach (var source in All)
            source.Dispose();
    }
}
