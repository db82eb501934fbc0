using System.Runtime.InteropServices;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Buckets added up to seconds, by the number of the venue's market.</summary>
internal sealed class SecondSums
{
    private readonly Dictionary<int, Dictionary<long, TradeBucket>> seconds = [];

    /// <summary>How many seconds of markets.</summary>
    public int Count { get; private set; }

    public IEnumerable<int> Numbers => seconds.Keys.Order();

    /// <summary>From the first second to the last.</summary>
    public SecondSpan Span { get; private set; } = SecondSpan.Empty;

    public void Add(int number, in TradeBucket bucket)
    {
        if (!seconds.TryGetValue(number, out var of))
            seconds[number] = of = [];
        var second = bucket.At / TimeSpan.TicksPerSecond;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(of, second, out var isKnown);
        sum = isKnown ? sum + bucket : bucket;
        Count += isKnown ? 0 : 1;
        Span = new(Math.Min(Span.First, second), Math.Max(Span.Last, second));
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<TradeSecond> Of(int number, MarketScale scale) => seconds.TryGetValue(number, out var of)
        ? of.OrderBy(second => second.Key).Select(second => Row(scale, second.Key, second.Value))
        : [];

    public void Clear()
    {
        seconds.Clear();
        (Count, Span) = (0, SecondSpan.Empty);
    }

    private static TradeSecond Row(MarketScale scale, long second, in TradeBucket sum) => new(
        new(second * TimeSpan.TicksPerSecond, TimeSpan.Zero),
        scale.Price(sum.Open), scale.Price(sum.High), scale.Price(sum.Low), scale.Price(sum.Close),
        WideDecimal.From(sum.Sum.Volume, scale.QuantityPlaces),
        WideDecimal.From(sum.Sum.PriceVolume, scale.PricePlaces + scale.QuantityPlaces),
        sum.Sum.Trades, new(sum.FirstAt, TimeSpan.Zero), new(sum.LastAt, TimeSpan.Zero));
}

/// <summary>Seconds since the year one, both included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecondSpan(long First, long Last)
{
    public static SecondSpan Empty { get; } = new(long.MaxValue, long.MinValue);

    /// <summary>Those of [from, to).</summary>
    public static SecondSpan Of(DateTimeOffset from, DateTimeOffset to) =>
        new(from.UtcTicks / TimeSpan.TicksPerSecond, (to.UtcTicks - 1) / TimeSpan.TicksPerSecond);

    public bool Meets(SecondSpan other) => First <= other.Last && other.First <= Last;

    public bool Holds(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerSecond is var second && second >= First && second <= Last;
}
