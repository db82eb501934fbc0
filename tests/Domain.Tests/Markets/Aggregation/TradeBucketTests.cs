using CsCheck;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Aggregation;

public sealed class TradeBucketTests
{
    private static readonly long Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    [Fact]
    public void Parts_of_a_bucket_come_to_what_all_of_its_trades_say() =>
        Gen.Select(Gen.Long[0, 250], Gen.Long[90, 110], Gen.Long[1, 50], Gen.Bool).Array[1, 60].Sample(trades =>
        {
            var (shard, parts, id, now) = (new MarketShard(), new List<TradeBucket>(), 0L, Start + TimeSpan.TicksPerSecond);
            shard.Add(new(Symbol.From("BTC-USDT")), MarketScale.From(0, 0));
            shard.List(0, 3);
            foreach (var (millisecond, price, quantity, isFlushed) in trades)
            {
                shard.Apply(Tick.Trade(3, 0, At(millisecond), ++id, price, quantity), now);
                if (isFlushed)
                    Flush();
            }

            Flush();

            Assert.Equal(
                trades.GroupBy(trade => At(trade.Item1 / 100 * 100)).OrderBy(bucket => bucket.Key).Select(Naive),
                parts.GroupBy(part => part.At).OrderBy(bucket => bucket.Key).Select(bucket => bucket.Aggregate((one, next) => one + next) with { FirstId = 0 }));

            void Flush()
            {
                shard.Flush(now, []);
                parts.AddRange(shard.Closed.Buckets);
            }
        });

    // Sorting leaves trades of one instant in the order in which they were counted.
    private static TradeBucket Naive(IGrouping<long, (long Millisecond, long Price, long Quantity, bool)> bucket)
    {
        var trades = bucket.OrderBy(trade => trade.Millisecond).ToList();
        return new(
            Market: 0, Venue: 3, bucket.Key, trades[0].Price, trades.Max(trade => trade.Price), trades.Min(trade => trade.Price), trades[^1].Price,
            new(trades.Sum(trade => trade.Price * trade.Quantity), trades.Sum(trade => trade.Quantity), trades.Count),
            At(trades[0].Millisecond), At(trades[^1].Millisecond), FirstId: 0);
    }

    private static long At(long millisecond) => Start + (millisecond * TimeSpan.TicksPerMillisecond);
}
