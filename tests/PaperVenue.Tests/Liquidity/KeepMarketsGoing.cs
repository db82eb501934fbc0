using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Liquidity;

public sealed class KeepMarketsGoing
{
    private const long Start = 1_790_000_000_000;

    [Fact]
    public void Same_seed_trades_the_same_and_another_seed_otherwise()
    {
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    [Fact]
    public void Book_stays_deep_and_trades_a_few_times_a_second()
    {
        var (engine, trades) = Play(1, ticks: 500);

        Assert.Equal(Ladder.Levels, engine.Book("BTCUSDT").Depth(Side.Buy).Count());
        Assert.InRange(engine.Book("BTCUSDT").Depth(Side.Sell).Count(), Ladder.Levels - 1, Ladder.Levels);
        Assert.InRange(trades.Count, 100, 400);
    }

    [Fact]
    public void Price_stays_near_its_anchor_for_years()
    {
        var walk = new PriceWalk(1, "BTCUSDT", 60_000m);

        Assert.All(
            Enumerable.Range(0, 2_000),
            day => Assert.InRange(walk.At(Start + (day * 86_400_000L)), 50_000m, 70_000m));
    }

    [Fact]
    public void Past_has_no_gap_in_any_interval_and_ends_now()
    {
        var market = HouseMarket.Listed(1)[0];
        var view = new MarketView(market.Instrument);
        Past.Fill(view, market, Start);
        view.Candles.RollTo(Start, view.LastPrice);

        foreach (var interval in Interval.All.Values.Where(interval => interval != Interval.OneSecond))
        {
            var candles = view.Candles.Read(interval, null, null, 1000);
            Assert.Equal(interval.OpenOf(Start), candles[^1].OpenTime);
            Assert.All(candles.Zip(candles.Skip(1)), pair =>
                Assert.Equal(pair.Second.OpenTime, interval.NextOpen(pair.First.OpenTime)));
            Assert.All(candles, candle => Assert.InRange(candle.Open, candle.Low, candle.High));
            Assert.All(candles, candle => Assert.InRange(candle.Close, candle.Low, candle.High));
        }
        Assert.Equal(1000, view.Candles.Read(Interval.OneMinute, null, null, 1000).Count);
    }

    [Theory]
    [InlineData("1m", "2026-09-21T15:33:20Z", "2026-09-21T15:33:00Z", "2026-09-21T15:34:00Z")]
    [InlineData("4h", "2026-09-21T15:33:20Z", "2026-09-21T12:00:00Z", "2026-09-21T16:00:00Z")]
    [InlineData("1w", "2026-09-23T15:33:20Z", "2026-09-21T00:00:00Z", "2026-09-28T00:00:00Z")]
    [InlineData("1M", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public void Candle_opens_and_closes_where_the_calendar_says(string name, string at, string opens, string next)
    {
        var interval = Interval.All[name];

        Assert.Equal(Time(opens), interval.OpenOf(Time(at)));
        Assert.Equal(Time(next), interval.NextOpen(Time(opens)));
    }

    private static long Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static List<Trade> Run(long seed) => Play(seed, ticks: 50).Trades;

    private static (MatchingEngine Engine, List<Trade> Trades) Play(long seed, int ticks)
    {
        var market = HouseMarket.Listed(seed)[0];
        var ledger = new Ledger();
        foreach (var asset in (string[])["BTC", "USDT"])
        {
            ledger.Set(Accounts.HouseMaker, asset, new(Accounts.HouseStock, 0));
            ledger.Set(Accounts.HouseTaker, asset, new(Accounts.HouseStock, 0));
        }
        var engine = new MatchingEngine(
            Instrument.Listed, ledger, new(new Dictionary<string, long>()), CommissionRates.Demo);
        engine.StartAt("BTCUSDT", market.FairPrice(Start));
        var flow = new SyntheticFlow(market, seed);
        var events = Enumerable.Range(0, ticks)
            .SelectMany(tick => flow.Tick(engine, Start + (tick * 200)))
            .SelectMany(outcome => outcome.Events);
        return (engine, [.. events.OfType<OrdersTraded>().Select(traded => traded.Trade)]);
    }
}
