using CsCheck;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Heatmap;

public sealed class HeatmapViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Asset Usdt = Asset.From("USDT");

    [Fact]
    public void Price_of_an_asset_is_that_of_all_its_markets_by_volume_in_one_currency()
    {
        var prices = AssetPricing.Of(
            [Point("BTC-USDT", 60_000, volume: 10), Point("ETH-USDT", 3_000, volume: 30), Point("ETH-BTC", 0.051m, volume: 10)], Usdt);

        var eth = prices.Assets.Single(asset => asset.Asset == Asset.From("ETH"));
        Assert.Equal(3_015, eth.Price);
        Assert.Equal(120_600, eth.Volume24h);
        Assert.Equal(["USDT", "BTC"], eth.Quotes.Select(quote => quote.Value));
        Assert.Equal(("BTC", 60_000m, "BTC-USDT"), Assert.Single(prices.Rates) is var rate ? (rate.Asset.Value, rate.Rate, rate.Market.Value) : default);
    }

    [Fact]
    public void Stablecoin_is_converted_by_a_named_rate_or_left_out()
    {
        var alone = AssetPricing.Of([Point("BTC-USDC", 60_000, volume: 1)], Usdt);
        var withRate = AssetPricing.Of([Point("BTC-USDC", 60_000, volume: 1), Point("USDC-USDT", 0.999m, volume: 1)], Usdt);
        var inverse = AssetPricing.Of([Point("BTC-EUR", 50_000, volume: 1), Point("USDT-EUR", 0.8m, volume: 1)], Usdt);

        Assert.Empty(alone.Assets);
        Assert.Equal(59_940, withRate.Assets[0].Price);
        Assert.Equal("USDC-USDT", withRate.Rates[0].Market.Value);
        Assert.Equal((62_500m, "USDT-EUR"), (inverse.Assets[0].Price, inverse.Rates[0].Market.Value));
    }

    [Fact]
    public void Dominance_is_a_share_of_volume_until_every_supply_is_known()
    {
        MarketPoint[] points = [Point("BTC-USDT", 60_000, volume: 1), Point("ETH-USDT", 3_000, volume: 60)];
        Dictionary<Asset, SupplyFact> supplies = new() { [Asset.From("BTC")] = new(20, "test", Now) };

        var byVolume = View(points, supplies);
        supplies[Asset.From("ETH")] = new(100, "test", Now);
        var byCap = View(points, supplies);

        Assert.Equal(DominanceBasis.Volume, byVolume.DominanceBasis);
        Assert.Equal([("ETH", 75m), ("BTC", 25m)], byVolume.Tiles.Select(tile => (tile.Asset.Value, tile.Dominance)));
        Assert.Equal([null, 1_200_000m], byVolume.Tiles.Select(tile => tile.MarketCap));
        Assert.Equal(DominanceBasis.MarketCap, byCap.DominanceBasis);
        Assert.Equal([("BTC", 80m), ("ETH", 20m)], byCap.Tiles.Select(tile => (tile.Asset.Value, tile.Dominance)));
    }

    [Fact]
    public void Depth_is_converted_and_unknown_where_no_book_is_known()
    {
        var tiles = View([Point("BTC-USDT", 60_000, 2, depth: 500), Point("ETH-BTC", 0.05m, 1, depth: 2), Point("BNB-USDT", 500, 1)]).Tiles;

        Assert.Equal([("BTC", 500m), ("ETH", 120_000m), ("BNB", null)], tiles.Select(tile => (tile.Asset.Value, tile.Depth)));
    }

    [Fact]
    public void Changes_are_basis_points_of_the_price_of_then()
    {
        var tile = View([Point("BTC-USDT", 101, 1)], before: (_, window) => window switch
        {
            HeatmapWindow.Now => 100,
            HeatmapWindow.Hour => 101,
            HeatmapWindow.Day => 202,
            HeatmapWindow.Week => 0.000000001m,
            _ => null,
        }).Tiles[0];

        Assert.Equal(new HeatmapChanges(100, 0, -5000, int.MaxValue, null), tile.Changes);
    }

    [Fact]
    public void Kept_price_is_shown_and_no_price_of_now()
    {
        LiveHeatmap live = new(Usdt);
        live.Next(Now.AddSeconds(-61), [Point("BTC-USDT", 100, 1) with { Quality = IndexQuality.Stale }], PastPrices.Unknown, Nothing);

        var next = live.Next(Now, [Point("BTC-USDT", 101, 1)], PastPrices.Unknown, Nothing);

        Assert.Null(next.Tiles[0].Changes.Now);
        Assert.Equal(IndexQuality.Stale, live.Next(Now, [Point("BTC-USDT", 101, 1) with { Quality = IndexQuality.Stale }], PastPrices.Unknown, Nothing).Tiles[0].Quality);
    }

    [Fact]
    public void Now_is_against_what_it_cost_a_minute_ago_and_the_rest_against_what_was_stored()
    {
        LiveHeatmap live = new(Usdt);
        var past = PastPrices.Of(
            Now.AddMinutes(-1),
            ((decimal[])[101, 102, 103, 104]).Select(price => (MarketPoint[])[Point("BTC-USDT", price, 1), Point("ETH-BTC", 0.5m, 1)]), Usdt);
        live.Next(Now.AddSeconds(-61), [Point("BTC-USDT", 100, 1)], past, Nothing);

        var changes = live.Next(Now, [Point("BTC-USDT", 206, 1), Point("ETH-BTC", 0.25m, 1)], past, Nothing).Tiles
            .ToDictionary(tile => tile.Asset.Value, tile => tile.Changes);

        Assert.Equal(new HeatmapChanges(10_600, 10_396, 10_196, 10_000, 9_808), changes["BTC"]);
        // Converted by the rate of then.
        Assert.Equal((null, 198), (changes["ETH"].Now, changes["ETH"].Hour));
        Assert.Equal(
            new HeatmapChanges(null, null, null, null, null),
            live.Next(Now.AddMinutes(4), [Point("BTC-USDT", 206, 1)], past, Nothing).Tiles[0].Changes);
    }

    [Fact]
    public void Order_of_the_markets_changes_nothing_and_shares_are_of_one_whole() =>
        Gen.Select(Markets, Markets.SelectMany(points => Gen.Shuffle(points).Select(shuffled => (points, shuffled)))).Sample((_, both) =>
        {
            var (one, other) = (View(both.points), View(both.shuffled));

            Assert.Equal(one.Rates, other.Rates);
            Assert.Equal(one.Tiles.Count, other.Tiles.Count);
            Assert.All(one.Tiles.Zip(other.Tiles), pair => Assert.True(pair.First.SaysTheSameAs(pair.Second)));
            Assert.Equal(Enumerable.Range(1, one.Tiles.Count), one.Tiles.Select(tile => tile.Rank));
            var whole = one.Tiles.Sum(tile => tile.Dominance);
            Assert.True(one.Tiles.Sum(tile => tile.Volume24h) == 0 ? whole == 0 : Math.Abs(whole - 100) < 0.01m);
        });

    private static readonly Dictionary<Asset, SupplyFact> Nothing = [];

    private static HeatmapView View(
        MarketPoint[] points, Dictionary<Asset, SupplyFact>? supplies = null, Func<Asset, HeatmapWindow, decimal?>? before = null) =>
        HeatmapView.Of(Now, Usdt, AssetPricing.Of(points, Usdt), supplies ?? Nothing, before ?? ((_, _) => null));

    private static MarketPoint Point(string market, decimal price, decimal volume, decimal? depth = null) =>
        new(Symbol.From(market), price, Now, volume, depth, IndexQuality.Firm);

    private static Gen<MarketPoint[]> Markets => Gen.Select(
            Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 100_000], Gen.Int[0, 1000])
        .Where((one, other, _, _) => one != other)
        .Select((one, other, price, volume) => Point($"{Names[one]}-{Names[other]}", price / 100m, volume))
        .Array[1, 8].Select(points => points.DistinctBy(point => point.Market).ToArray());

    private static readonly string[] Names = ["BTC", "ETH", "USDC", "USDT"];
}
