using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

public sealed class CandleHistoryTests
{
    private const string Two = """
        [[1499040000000,"1","2","0.5","1.5","10",1499040299999,"15",3,"5","7","0"],
         [1499040900000,"1.5","2","1","2","4",1499041199999,"8",2,"2","4","0"]]
        """;

    private const string Exchange = """
        {"serverTime":1565246363776,"rateLimits":[],"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC",
         "baseAssetPrecision":8,"quoteAsset":"USDT","quoteAssetPrecision":8,"filters":[]}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Candles_are_asked_for_once_in_five_seconds_however_many_want_them()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await VenueAsync();
        using var host = MarketsHost.For(venue.Address, time);
        await host.Services.GetRequiredService<MarketCatalog>().RefreshAsync(Cancel);
        var history = host.Services.GetRequiredService<CandleHistory>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LatestAsync(history)));
        Assert.Equal(1, venue.CallsTo("/api/v3/klines?symbol=BTCUSDT&interval=5m"));

        time.Advance(TimeSpan.FromSeconds(6));
        await LatestAsync(history);
        Assert.Equal(2, venue.CallsTo("/api/v3/klines"));
    }

    [Fact]
    public async Task Bars_without_a_trade_are_filled_and_marked()
    {
        await using var venue = await VenueAsync();
        using var host = MarketsHost.For(venue.Address);
        await host.Services.GetRequiredService<MarketCatalog>().RefreshAsync(Cancel);

        var answer = await LatestAsync(host.Services.GetRequiredService<CandleHistory>());

        Assert.Equal(
            [false, true, true, false],
            Assert.IsType<VenueAnswer<IReadOnlyList<Candle>>.Answered>(answer).Value.Select(candle => candle.IsFilledForward));
    }

    private static Task<LoopbackVenue> VenueAsync() => LoopbackVenue.StartAsync(context =>
        context.Response.WriteAsync(context.Request.Path == "/api/v3/exchangeInfo" ? Exchange : Two, Cancel));

    private static Task<VenueAnswer<IReadOnlyList<Candle>>> LatestAsync(CandleHistory history) =>
        history.LatestAsync(Symbol.From("BTC-USDT"), CandleInterval.FiveMinutes, 10, Cancel);
}
