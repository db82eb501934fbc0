using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>
/// One price of each market from all its venues: ticks go in by <see cref="Intake"/>, views come out, computed every 50 ms
/// and told every 100. Markets with different quotes are different markets: USDT, USDC, BUSD and USD are never taken for each
/// other. Null answers: no venue lists the market.
/// </summary>
public sealed class Aggregator
{
    /// <summary>Changes are told on this grid of the wall clock.</summary>
    public static readonly TimeSpan Telling = TimeSpan.FromMilliseconds(100);

    /// <summary>And, where less is enough, on this one.</summary>
    public static readonly TimeSpan Summary = TimeSpan.FromMilliseconds(500);

    // Twice as often as told: who reads a view is never a whole telling behind.
    internal static readonly TimeSpan FlushPeriod = Telling / 2;
    private static readonly TimeSpan AllPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<MarketKey, MarketSeat> seats = new();
    private readonly ConcurrentDictionary<VenueId, VenueIntake> intakes = new();
    private readonly Lock gate = new();
    private readonly AggregatorShard[] shards;
    private readonly DeltaFan deltas = new();
    private readonly DeltaFan summaries = new();
    private readonly TimeProvider time;
    private volatile VenueId[] venues = [];
    private volatile bool areTradesHeld;

    public Aggregator(IOptions<AggregationOptions> options, TimeProvider time)
    {
        this.time = time;
        shards = [.. Enumerable.Range(0, options.Value.ShardCount).Select(number => new AggregatorShard(number, time))];
    }

    public IReadOnlyCollection<MarketKey> Markets => [.. seats.Keys];

    /// <summary>By their numbers, which are the bits of a view's masks; they hold until the process ends.</summary>
    public IReadOnlyList<VenueId> Venues => venues;

    internal IReadOnlyList<AggregatorShard> Shards => shards;

    /// <summary>Called with what each flush closed; set before the first tick.</summary>
    internal TradesClosed? Closed { get; set; }

    /// <summary>While nothing more can be kept of trades: they are the venue's, to be asked for later.</summary>
    internal bool AreTradesHeld
    {
        get => areTradesHeld;
        set => areTradesHeld = value;
    }

    /// <summary>Where a venue says what it has; the first call makes it known.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="MarketShard.VenuesMax"/> venues already.</exception>
    public VenueIntake Intake(VenueId venue) => intakes.GetOrAdd(venue, name => new(this, name, NumberOf(name), time));

    /// <summary>As of the last flush; never waits.</summary>
    public MarketView? View(MarketKey market) => seats.TryGetValue(market, out var seat) ? seat.View.Read() : null;

    /// <summary>The same, computed anew, with each venue's part in it.</summary>
    public MarketExplanation? Explain(MarketKey market)
    {
        if (!seats.TryGetValue(market, out var seat))
            return null;

        var (view, evidence) = seat.Shard.With((markets, now) => (seat.View.Read(), markets.Explain(seat.Number, now)));
        return new(market, IndexRule.Methodology, view, [.. evidence.Select(each => new ExplainedVenue(VenueOf(each.Venue), each))]);
    }

    /// <summary>The price of a market as it is made now, to be stored with all that it is made of.</summary>
    /// <exception cref="KeyNotFoundException">No venue lists the market.</exception>
    public IndexSample Sample(MarketKey market)
    {
        var seat = seats[market];
        return seat.Shard.With((markets, now) => markets.Sample(seat.Number, VenueOf, now));
    }

    /// <summary>A person says that the price of a market's only venue is right, although it jumped a hundredfold.</summary>
    /// <returns>False when there is no such market.</returns>
    public bool Confirm(MarketKey market)
    {
        if (!seats.TryGetValue(market, out var seat))
            return false;

        seat.Shard.With((markets, _) =>
        {
            markets.Confirm(seat.Number);
            return true;
        });
        return true;
    }

    /// <summary>Markets that changed, every 100 ms if any; a slow reader gets the latest of each.</summary>
    public IAsyncEnumerable<MarketDelta[]> DeltasAsync(CancellationToken cancellationToken) => deltas.ReadAllAsync(cancellationToken);

    /// <summary>The same every 500 ms.</summary>
    public IAsyncEnumerable<MarketDelta[]> SummariesAsync(CancellationToken cancellationToken) =>
        summaries.ReadAllAsync(cancellationToken);

    /// <exception cref="IndexOutOfRangeException">No venue has that number.</exception>
    public VenueId VenueOf(short number) => venues[number];

    internal AggregatorShard ShardOf(MarketKey market) =>
        shards[Domain.Sharding.Slots.PartOf(market.Slot, shards.Length)];

    /// <summary>A market's place and the number of its venue; null when that venue never said anything of it.</summary>
    internal (MarketSeat Seat, short Venue)? Find(VenueId venue, MarketKey market) =>
        seats.TryGetValue(market, out var seat) && intakes.TryGetValue(venue, out var intake) ? (seat, intake.Number) : null;

    /// <summary>The place of a market, made now if there was none; whoever comes first says how it is counted.</summary>
    internal MarketSeat SeatOf(MarketKey market, MarketScale scale)
    {
        if (seats.TryGetValue(market, out var known))
            return known;

        lock (gate)
            return seats.GetOrAdd(market, key =>
            {
                var shard = ShardOf(key);
                return shard.With((markets, _) =>
                {
                    var number = markets.Add(key, scale);
                    return new MarketSeat(shard, number, scale, markets.ViewOf(number));
                });
            });
    }

    /// <summary>Computes what changed in a shard. On the grid of tellings it is told.</summary>
    internal void Flush(AggregatorShard shard, DateTimeOffset now)
    {
        var step = now.UtcTicks / FlushPeriod.Ticks;
        List<MarketDelta> changed = [];
        shard.Flush(now, step % (AllPeriod / FlushPeriod) == 0, changed, Closed);
        deltas.Add(changed);
        summaries.Add(changed);
        if (step % (Telling / FlushPeriod) == 0)
            deltas.Tell();
        if (step % (Summary / FlushPeriod) == 0)
            summaries.Tell();
    }

    private short NumberOf(VenueId venue)
    {
        lock (gate)
        {
            if (venues.Length == MarketShard.VenuesMax)
                throw new InvalidOperationException($"There are {MarketShard.VenuesMax} venues already.");

            venues = [.. venues, venue];
            return (short)(venues.Length - 1);
        }
    }
}

/// <summary>Where a market is kept.</summary>
internal sealed record MarketSeat(AggregatorShard Shard, int Number, MarketScale Scale, SeqLock<MarketView> View);

/// <summary>A market's price and how it came about.</summary>
/// <param name="Methodology">Rises when a rule changes.</param>
public sealed record MarketExplanation(
    MarketKey Market, int Methodology, MarketView View, IReadOnlyList<ExplainedVenue> Venues);

public sealed record ExplainedVenue(VenueId Venue, VenueEvidence Evidence);
