using System.Numerics;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Domain.Tests.Markets.Aggregation;

/// <summary>A market computed anew from all that was ever told, in the plainest way.</summary>
internal sealed class NaiveMarket(int venues)
{
    private readonly List<(Tick Tick, long At)> trades = [];
    private readonly Dictionary<short, Tick> quotes = [];
    private readonly Dictionary<short, Tick> days = [];
    private readonly Dictionary<short, Tick> standings = [];
    private readonly Dictionary<short, (long Price, long At)> lasts = [];

    public void Apply(Tick tick, long now)
    {
        switch (tick.Kind)
        {
            case TickKind.Trade:
                var at = Math.Min(tick.At, now);
                if (trades.Exists(known => known.Tick.Venue == tick.Venue && known.Tick.Id == tick.Id))
                    return;
                trades.Add((tick, at));
                if (at >= lasts.GetValueOrDefault(tick.Venue).At)
                    lasts[tick.Venue] = (tick.Price, at);
                break;
            case TickKind.Quote: quotes[tick.Venue] = tick; break;
            case TickKind.Day:
                days[tick.Venue] = tick;
                var last = lasts.GetValueOrDefault(tick.Venue);
                if (tick.Price > 0 && tick.Price != last.Price && tick.At > last.At)
                    lasts[tick.Venue] = (tick.Price, tick.At);
                break;
            case TickKind.Standing: standings[tick.Venue] = tick; break;
            default: break;
        }
    }

    public IndexInput[] Inputs(long now) =>
    [
        .. Enumerable.Range(0, venues).Select(number =>
        {
            var venue = (short)number;
            var quote = quotes.GetValueOrDefault(venue);
            var isFresh = now - quote.At < TimeSpan.TicksPerSecond * 10;
            var last = lasts.GetValueOrDefault(venue);
            return new IndexInput(
                (VenueStanding)standings.GetValueOrDefault(venue).Id, last.Price,
                days.TryGetValue(venue, out var day) ? day.Quantity : (long)Sum(venue, now, TimeSpan.FromMinutes(1), 1440).Volume,
                Math.Max(0, now - last.At), isFresh ? quote.Price : 0, isFresh ? quote.AskPrice : 0);
        }),
    ];

    public TradeSum Sum(short venue, long now, TimeSpan step, int steps)
    {
        var (priceVolume, volume, count) = (Int128.Zero, Int128.Zero, 0L);
        foreach (var (tick, at) in trades)
            if (tick.Venue == venue && at / step.Ticks > (now / step.Ticks) - steps)
                (priceVolume, volume, count) = (priceVolume + ((Int128)tick.Price * tick.Quantity), volume + tick.Quantity, count + 1);
        return new(priceVolume, volume, count);
    }

    /// <summary>The index by fractions that lose nothing, rounded at the end; for venues that all count.</summary>
    public static long Weighted(IReadOnlyList<IndexInput> used)
    {
        int[] hundredths = [.. used.Select(venue => (venue.Age / (double)TimeSpan.TicksPerMinute) switch
        {
            <= 5 => 100, <= 10 => 80, <= 15 => 60, <= 20 => 40, <= 25 => 20, _ => 1,
        })];
        var isByVolume = used.Any(venue => venue.Volume > 0);
        BigInteger[] weights = [.. used.Select((venue, i) => (isByVolume ? (BigInteger)venue.Volume : 1) * hundredths[i])];
        BigInteger Total() => weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
        var heaviest = Array.IndexOf(weights, weights.Max());
        var others = Total() - weights[heaviest];
        if (used.Count >= 3 && others > 0 && weights[heaviest] * 10 > Total() * 6)
            weights = [.. weights.Select((weight, i) => i == heaviest ? others * 6 : weight * 4)];
        var (quotient, rest) = BigInteger.DivRem(
            weights.Select((weight, i) => weight * used[i].Price).Aggregate(BigInteger.Zero, (sum, each) => sum + each), Total());
        return (long)(rest * 2 > Total() || (rest * 2 == Total() && !quotient.IsEven) ? quotient + 1 : quotient);
    }
}
