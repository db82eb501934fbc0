using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Workers.Markets.History;
using Platform.Workers.Snapshots;
using Platform.Workers.Tests.Markets;

namespace Platform.Workers.Tests.Snapshots;

public sealed class SamplingTests
{
    private static readonly DateTimeOffset Day = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hours_and_days_are_sampled_by_market_and_by_asset_and_what_comes_late_is_a_revision()
    {
        await using var rows = await MarketRows.MakeAsync();
        var time = new FakeTimeProvider(Day.AddHours(12).AddMinutes(5));
        var volume = new SeriesDefinition(VolumeSource.Series, MergeLaw.Sum, TimeSpan.FromMinutes(2), new VolumeSource(rows.Database));
        using var sampling = new SeriesSampling([volume], rows.Samples, time, NullLogger<SeriesSampling>.Instance);
        await WriteAsync("kraken", "BTC-USD", hour: 3, 1.5m);
        await WriteAsync("kraken", "BTC-USD", hour: 4, 2m);
        await WriteAsync("binance", "BTC-USDT", hour: 3, 10m);
        await WriteAsync("binance", "BTC-USDT:PERPETUAL", hour: 3, 1000m);

        await sampling.RoundAsync(volume, Cancel);
        var again = await sampling.RoundAsync(volume, Cancel);
        await WriteAsync("binance", "BTC-USDT", hour: 5, 100m);
        await WriteAsync("binance", "BTC-USDT", hour: 3, 11m);
        await sampling.RoundAsync(volume, Cancel);

        Assert.Equal(0, again);
        Assert.Equal([(3, 12.5m, 1), (4, 2m, 0), (5, 100m, 0)], (await ReadAsync("BTC", Every.Hour)).Select(
            stored => (stored.Key.Start.Hour, stored.Sample.A, stored.Revision)));
        Assert.Equal((114.5m, 1), Assert.Single(await ReadAsync("BTC", Every.Day)) is var day ? (day.Sample.A, day.Revision) : default);
        Assert.Equal(3.5m, Assert.Single(await ReadAsync("kraken/BTC-USD", Every.Day)).Sample.A);
        Assert.Equal(1000m, Assert.Single(await ReadAsync("binance/BTC-USDT:PERPETUAL", Every.Day)).Sample.A);

        async Task WriteAsync(string venue, string market, int hour, decimal traded)
        {
            var price = Price.From(1);
            await rows.Bars.WriteAsync(
                [
                    new(
                        await rows.InstrumentAsync(venue, market), BarLevel.Hour,
                        new(Day.AddHours(hour), new(price, price, price, price), Quantity.From(traded), QuoteVolume: null, Trades: null, BarState.Traded),
                        BarOrigin.Streamed),
                ],
                Cancel);
        }

        Task<IReadOnlyList<Projections.Snapshots.StoredSample>> ReadAsync(string bin, Every every) =>
            rows.Samples.ReadAsync(VolumeSource.Series, bin, every, Day, Day.AddDays(1), 100, Cancel);
    }
}
