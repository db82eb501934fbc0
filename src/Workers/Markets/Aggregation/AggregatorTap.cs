using System.Net.WebSockets;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Tells the aggregator what the feeds hear.</summary>
public sealed class AggregatorTap(Aggregator aggregator) : IMarketTap
{
    public IMarketSink Tap(ConnectedVenue venue) => new Sink(aggregator.Intake(venue.Venue), venue.Settings.Fees);

    private sealed class Sink(VenueIntake intake, FeeRates? fees) : IMarketSink
    {
        private readonly Dictionary<Instrument, MarketIntake> markets = new(ReferenceEqualityComparer.Instance);

        public void Connected() => intake.Stand(VenueStanding.Desynced, holds: false);

        public void Disconnected(string reason) => intake.Stand(VenueStanding.Desynced, holds: true);

        public void Heard()
        {
            // That a venue is there says nothing of its prices.
        }

        public void Traded(Instrument instrument, in PublicTrade trade)
        {
            // No trade may be lost: the connection ends instead, and what was missed is asked for.
            if (!Of(instrument).Trade(trade))
                throw new WebSocketException("Trades come faster than they can be counted.");
        }

        public void Quoted(Instrument instrument, in VenueQuote quote) => Of(instrument).Quote(quote);

        public void DepthChanged(Instrument instrument, in DepthUpdate update)
        {
            // The best of a book comes as a quote too.
        }

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle)
        {
            // Bars are made of the trades.
        }

        public void DayChanged(Instrument instrument, DaySummary day) => Of(instrument).Day(day);

        public void StatusChanged(VenueStatus status) => intake.Stand(VenueStanding.Halted, status.State is VenueState.Maintenance);

        private MarketIntake Of(Instrument instrument)
        {
            if (markets.TryGetValue(instrument, out var known))
                return known;

            var market = intake.List(instrument);
            if (fees is { Taker: var taker })
                market.Fee(taker);
            market.Stand(VenueStanding.Halted, !instrument.IsTrading);
            return markets[instrument] = market;
        }
    }
}
