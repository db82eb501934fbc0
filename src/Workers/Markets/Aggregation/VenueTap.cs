using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Takes what one venue's feed hears to the aggregator, and asks the venue for the trades that it missed.</summary>
internal sealed partial class VenueTap(
    VenueIntake intake, ConnectedVenue venue, ConflatingQueue<Suspicion> suspicions, TimeProvider time, Random random, ILogger logger)
    : IVenueTap
{
    private const int PageMax = 1000;

    // What is missing for longer is healed from the venue's bars.
    private static readonly TimeSpan MissedMax = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Instrument, TradeJoin> joins = new(ReferenceEqualityComparer.Instance);
    private readonly ConflatingQueue<Instrument> behind = new();
    private IReadOnlyList<Instrument> followed = [];

    public void Follow(IReadOnlyList<Instrument> instruments) => followed = instruments;

    public void Connected()
    {
        intake.Stand(VenueStanding.Desynced, holds: false);
        foreach (var join in joins.Values)
            join.Begin();
        // What an earlier life counted goes on, though the stream may have nothing to say of it for hours.
        foreach (var instrument in followed.Where(each => intake.Find(new(each.Market, each.Kind))?.Mark is not null))
            JoinOf(instrument);
    }

    public void Disconnected(string reason) => intake.Stand(VenueStanding.Desynced, holds: true);

    public void Heard()
    {
        // That the venue is there says nothing of a price.
    }

    public void Traded(Instrument instrument, in PublicTrade trade) => JoinOf(instrument)?.Traded(trade);

    public void Quoted(Instrument instrument, in VenueQuote quote) => JoinOf(instrument)?.Intake.Quote(quote);

    public void DepthChanged(Instrument instrument, in DepthUpdate update)
    {
        // Quotes come by themselves; books are the board's.
    }

    public void BookLost(Instrument instrument)
    {
        // No price is made of books here.
    }

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle)
    {
        // Bars are made of trades here.
    }

    public void DayChanged(Instrument instrument, DaySummary day) => JoinOf(instrument)?.Intake.Day(day);

    public void StatusChanged(VenueStatus status) => intake.Stand(
        VenueStanding.Halted, holds: status.State is VenueState.Maintenance or VenueState.CancelOnly);

    /// <summary>Asks for what was missed, market by market; ends only by being canceled.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        await foreach (var instrument in behind.ReadAllAsync(cancellationToken))
            if (await TryCatchUpAsync(instrument, joins[instrument], cancellationToken))
            {
                backOff.Reset();
            }
            else
            {
                await backOff.WaitAsync(cancellationToken);
                behind.Offer(instrument);
            }
    }

    /// <summary>Says what was left out since it was last asked to: somebody has to know that a market is counted too coarsely.</summary>
    public void TellMisfits()
    {
        foreach (var (instrument, join) in joins)
            if (join.Intake.TakeMisfits() is > 0 and var misfits)
                LogMisfits(instrument.Market.Value, intake.Venue, misfits, join.Intake.Scale.PricePlaces, join.Intake.Scale.QuantityPlaces);
    }

    private async Task<bool> TryCatchUpAsync(Instrument instrument, TradeJoin join, CancellationToken cancellationToken)
    {
        var (beginnings, mark) = (join.Beginnings, join.Intake.Mark);
        if (mark is { } old && time.GetUtcNow() - old.At > MissedMax)
        {
            Missed(instrument, old.At, time.GetUtcNow());
            mark = null;
        }

        while (mark is { } since)
        {
            if (await venue.Parts.MarketData.TradesAsync(instrument, since, PageMax, cancellationToken)
                is not VenueAnswer<IReadOnlyList<PublicTrade>>.Answered { Value: var missed })
                return false;
            // Some venues tell their latest alone: where none of them is known, there may have been others before.
            if (venue.Parts.MarketData.LatestTradesMax(instrument) is { } latest && missed.Count >= Math.Min(latest, PageMax))
            {
                Missed(instrument, since.At, missed[0].At);
                join.Miss();
            }

            // What cannot be kept now is asked for again.
            if (!missed.All(trade => join.Intake.Trade(trade)))
                return false;
            if (join.TryJoin(missed, beginnings, goesOn: true))
                return true;
            if (missed is not [.., var last] || last.Id == since.Id)
                return false;

            mark = new(last.Id, last.At);
        }

        // Of a market that is new nothing was missed.
        return join.TryJoin([], beginnings, goesOn: false);
    }

    private void Missed(Instrument instrument, DateTimeOffset from, DateTimeOffset to)
    {
        LogMissed(instrument.Market.Value, intake.Venue, from);
        suspicions.Offer(new(
            intake.Venue, new(instrument.Market, instrument.Kind), BarLevel.Minute.StartOf(from),
            BarLevel.Minute.StartOf(to).AddMinutes(1), "trades_missed"));
    }

    // Options and spreads have no price over all venues, and contracts that are settled in the base asset count other units.
    private TradeJoin? JoinOf(Instrument instrument)
    {
        if (joins.TryGetValue(instrument, out var known))
            return known;
        if (instrument is not { Kind: InstrumentKind.Spot } and not { Kind: InstrumentKind.Perpetual, Derivative.IsInverse: false })
            return null;

        var join = joins.GetOrAdd(instrument, each => new(Listed(each), time, () => behind.Offer(each)));
        join.Begin();
        return join;
    }

    private MarketIntake Listed(Instrument instrument)
    {
        var market = intake.List(instrument);
        if (venue.Settings.Fees is { Taker: var taker })
            market.Fee(taker);
        market.Stand(VenueStanding.Halted, !instrument.IsTrading);
        return market;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Ticks left out of {Market} at {Venue}: {Misfits}, finer than it is counted ({PricePlaces} places of the price, {QuantityPlaces} of the quantity) or worth what nobody pays")]
    private partial void LogMisfits(string market, VenueId venue, long misfits, int pricePlaces, int quantityPlaces);

    [LoggerMessage(LogLevel.Warning, "Trades of {Market} at {Venue} are missing since {Since:u}: too long ago, or too many, to ask for them")]
    private partial void LogMissed(string market, VenueId venue, DateTimeOffset since);
}
