using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>
/// Where one venue says what happens on one market. What it says is turned into whole numbers here; what has more places than
/// the market is counted in is not rounded but left out, and counted.
/// </summary>
public sealed class MarketIntake
{
    // A stream is ahead of a polled answer: only where it is silent does the poll say that the quote still holds.
    private static readonly TimeSpan QuoteConfirmedAfter = TimeSpan.FromSeconds(5);
    private const decimal FeeUnits = 100_000_000;

    private readonly Aggregator aggregator;
    private readonly VenueIntake venue;
    private readonly MarketSeat seat;
    private readonly TimeProvider time;
    private long quotedAt;
    private int standing;
    private long misfits;
    private long misfitsTold;

    internal MarketIntake(Aggregator aggregator, VenueIntake venue, MarketSeat seat, TimeProvider time) =>
        (this.aggregator, this.venue, this.seat, this.time) = (aggregator, venue, seat, time);

    /// <summary>How the market is counted.</summary>
    public MarketScale Scale => seat.Scale;

    /// <summary>Ticks that cannot be told in the market's places.</summary>
    public long Misfits => Interlocked.Read(ref misfits);

    /// <summary>How many of them are new since the last time. One caller.</summary>
    internal long TakeMisfits()
    {
        var (all, told) = (Misfits, misfitsTold);
        misfitsTold = all;
        return all - told;
    }

    /// <summary>The last trade that was counted, after which the venue is to be asked; null: none.</summary>
    public TradeMark? Mark => seat.Shard.With((shard, _) => shard.MarkOf(seat.Number, venue.Number)) is { } mark
        ? new(mark.Id, new(mark.At, TimeSpan.Zero))
        : null;

    /// <summary>In the venue's order; one that comes again is counted once.</summary>
    /// <returns>False when it could not be taken: close the stream, and ask the venue for what is after <see cref="Mark"/>.</returns>
    public bool Trade(in PublicTrade trade)
    {
        if (aggregator.AreTradesHeld)
            return false;
        if (!Scale.TryPrice(trade.Price.Value, out var price) || !Scale.TryQuantity(trade.Quantity.Value, out var quantity)
            || !Scale.CanSum(price, quantity))
            return Misfit();

        return seat.Shard.TryAdd(Tick.Trade(venue.Number, seat.Number, trade.At.UtcTicks, trade.Id, price, quantity));
    }

    public void Quote(in VenueQuote quote) => Quote(quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity);

    /// <summary>The venue's sum of 24 hours; its bid and ask confirm the quote where the stream was silent.</summary>
    public void Day(DaySummary day)
    {
        if (time.GetElapsedTime(Volatile.Read(ref quotedAt)) > QuoteConfirmedAfter && (day.Bid ?? day.Ask) is not null)
            Quote(day.Bid, day.BidQuantity, day.Ask, day.AskQuantity);
        if (Scale.TryPrice(day.Last?.Value ?? 0, out var last) && Scale.TryQuantity(day.Volume.Value, out var volume))
            seat.Shard.TryAdd(Tick.Day(venue.Number, seat.Number, day.At.UtcTicks, last, volume));
        else
            Misfit();
    }

    /// <summary>Whether something stands against this market of the venue: it is halted, or its book or stream is lost.</summary>
    public void Stand(VenueStanding reason, bool holds)
    {
        _ = holds ? Interlocked.Or(ref standing, (int)reason) : Interlocked.And(ref standing, ~(int)reason);
        Tell();
    }

    /// <summary>Whether the venue takes no orders on the market; said again, nothing happens.</summary>
    internal void Halt(bool holds)
    {
        if (((VenueStanding)Volatile.Read(ref standing)).HasFlag(VenueStanding.Halted) != holds)
            Stand(VenueStanding.Halted, holds);
    }

    /// <param name="taker">A fraction of what is traded.</param>
    public void Fee(decimal taker) =>
        seat.Shard.TryAdd(Tick.Fee(venue.Number, seat.Number, (long)decimal.Round(taker * FeeUnits)));

    /// <summary>Trades may be missing from now on, until <see cref="Resume"/>.</summary>
    internal void Interrupt() => seat.Shard.With((shard, _) =>
    {
        shard.Interrupt(seat.Number, venue.Number);
        return true;
    });

    /// <param name="begunAt">Since when none is missing, where it does not go on from the last one that was counted.</param>
    internal void Resume(DateTimeOffset begunAt, bool goesOn) => seat.Shard.With((shard, _) =>
    {
        shard.Resume(seat.Number, venue.Number, begunAt.UtcTicks, goesOn);
        return true;
    });

    internal void Tell() => seat.Shard.TryAdd(
        Tick.Standing(venue.Number, seat.Number, (VenueStanding)Volatile.Read(ref standing) | venue.Standing));

    private void Quote(Price? bid, Quantity bidQuantity, Price? ask, Quantity askQuantity)
    {
        Volatile.Write(ref quotedAt, time.GetTimestamp());
        if (Scale.TryPrice(bid?.Value ?? 0, out var bidPrice) && Scale.TryPrice(ask?.Value ?? 0, out var askPrice)
            && Scale.TryQuantity(bidQuantity.Value, out var bids) && Scale.TryQuantity(askQuantity.Value, out var asks))
            seat.Shard.TryAdd(Tick.Quote(
                venue.Number, seat.Number, time.GetUtcNow().UtcTicks, bidPrice, bids, askPrice, asks));
        else
            Misfit();
    }

    private bool Misfit()
    {
        Interlocked.Increment(ref misfits);
        return true;
    }
}
