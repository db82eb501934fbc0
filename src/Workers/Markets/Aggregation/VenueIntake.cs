using System.Collections.Concurrent;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Where one venue says what it has.</summary>
public sealed class VenueIntake
{
    private readonly ConcurrentDictionary<MarketKey, MarketIntake> markets = new();
    private readonly Aggregator aggregator;
    private readonly TimeProvider time;
    private int standing;

    internal VenueIntake(Aggregator aggregator, VenueId venue, short number, TimeProvider time) =>
        (this.aggregator, Venue, Number, this.time) = (aggregator, venue, number, time);

    public VenueId Venue { get; }

    /// <summary>The bit of a view's masks.</summary>
    public short Number { get; }

    /// <summary>Takes up a market of the venue; said again, the same.</summary>
    /// <param name="scale">How the market is counted if it is new; null: by this venue's rules.</param>
    public MarketIntake List(Instrument instrument, MarketScale? scale = null)
    {
        var market = new MarketKey(instrument.Market, instrument.Kind);
        var intake = List(market, scale ?? MarketScale.Of(instrument.Rules));
        if (instrument.Fees is { } fees)
            intake.Fee(fees.Taker);
        return intake;
    }

    /// <summary>Null: it was not taken up.</summary>
    internal MarketIntake? Find(MarketKey market) => markets.GetValueOrDefault(market);

    /// <summary>Whether something stands against all markets of the venue: it was switched off, or is in maintenance.</summary>
    public void Stand(VenueStanding reason, bool holds)
    {
        _ = holds ? Interlocked.Or(ref standing, (int)reason) : Interlocked.And(ref standing, ~(int)reason);
        foreach (var market in markets.Values)
            market.Tell();
    }

    internal VenueStanding Standing => (VenueStanding)Volatile.Read(ref standing);

    internal MarketIntake List(MarketKey market, MarketScale scale) => markets.GetOrAdd(market, key =>
    {
        var seat = aggregator.SeatOf(key, scale);
        seat.Shard.With((shard, _) =>
        {
            shard.List(seat.Number, Number);
            return true;
        });
        return new(aggregator, this, seat, time);
    });
}
