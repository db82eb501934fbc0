using System.Collections.Frozen;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>What one venue lists, as far as it said.</summary>
internal sealed class VenueListing(ConnectedVenue venue)
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Said? said;

    public VenueId Venue => venue.Venue;

    /// <summary>Completes when the venue has been reached for the first time.</summary>
    public Task Ready => ready.Task;

    /// <summary>Null when the venue was never reached.</summary>
    public IReadOnlyList<Instrument>? Instruments => said?.Instruments;

    /// <summary>Spot markets by name; null when the venue was never reached.</summary>
    public IReadOnlyList<MarketLookup.Listed>? All => said?.Spot;

    public MarketLookup Find(Symbol market) => said switch
    {
        null => new MarketLookup.VenueUnavailable(),
        var known when known.ByName.TryGetValue(market, out var listed) => listed,
        _ => new MarketLookup.Unlisted(),
    };

    /// <summary>Asks the venue now; when it does not say, what was known stays.</summary>
    public async Task<VenueAnswer<IReadOnlyList<Instrument>>> AskAsync(CancellationToken cancellationToken)
    {
        // Whatever is stopped, a node knows once what its orders and cancels are written by.
        var answer = said is null ? await VenueCall.PrepareOrdersAsync(ListAsync) : await ListAsync();
        if (answer is VenueAnswer<IReadOnlyList<Instrument>>.Answered { Value: var instruments })
        {
            said = new(instruments);
            ready.TrySetResult();
        }

        return answer;

        Task<VenueAnswer<IReadOnlyList<Instrument>>> ListAsync() => venue.Parts.MarketData.InstrumentsAsync(cancellationToken);
    }

    private sealed class Said
    {
        public Said(IReadOnlyList<Instrument> instruments)
        {
            Instruments = instruments;
            // Some venues list a pair twice, the second one retired: what trades goes first.
            ByName = instruments.Where(instrument => instrument.Kind is InstrumentKind.Spot)
                .OrderByDescending(instrument => instrument.IsTrading)
                .DistinctBy(instrument => instrument.Market)
                .ToFrozenDictionary(instrument => instrument.Market, instrument => new MarketLookup.Listed(instrument));
            Spot = [.. ByName.Values.OrderBy(listed => listed.Rules.Market.Value, StringComparer.Ordinal)];
        }

        public IReadOnlyList<Instrument> Instruments { get; }

        public IReadOnlyList<MarketLookup.Listed> Spot { get; }

        public FrozenDictionary<Symbol, MarketLookup.Listed> ByName { get; }
    }
}
