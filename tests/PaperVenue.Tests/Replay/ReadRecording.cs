using System.Globalization;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Replay;

namespace Platform.PaperVenue.Tests.Replay;

public sealed class ReadRecording
{
    [Fact]
    public async Task Kraken_csv_is_trades_of_the_market_in_its_name()
    {
        var recording = Recording.Open(MarketData.File("freqtrade/kraken-BCHEUR-trades.csv"), null);

        var first = await recording.ReadAsync().FirstAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("BCH", "EUR"), (recording.BaseAsset, recording.QuoteAsset));
        Assert.Equal(new RecordedTrade(1672531436000, 90.54m, 1.1044842m, null), first);
    }

    [Fact]
    public async Task Json_trades_keep_who_took()
    {
        var recording = Recording.Open(MarketData.File("freqtrade/binance-XRPETH-trades-20191011-13.json.gz"), null);

        var steps = await recording.ReadAsync().ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(12_477, steps.Count);
        Assert.Equal(new RecordedTrade(1570752011620, 0.00141342m, 23m, Side.Sell), steps[0]);
    }

    [Theory]
    [InlineData("freqtrade/XRPUSDT-perp-1h.json.gz", "XRPUSDT", "1.0801")]
    [InlineData("lean/crypto/binance/hour/btcusdt_trade.zip", "BTCUSDT", "9246.01")]
    [InlineData("lean/crypto/binance/minute/btcbusd/20221213_trade.zip", "BTCBUSD", "17212.12")]
    [InlineData("lean/crypto/coinbase/second/btcusd/20161007_trade.zip", "BTCUSD", "611.78")]
    [InlineData("lean/crypto/bybit/minute/btcusdt/20221213_quote.zip", "BTCUSDT", "17207.18")]
    [InlineData("lean/crypto/coinbase/daily/btcusd_quote.zip", "BTCUSD", "219.16")]
    public async Task Bars_become_four_steps_each_in_the_sequence_of_time(string file, string market, string price)
    {
        var recording = Recording.Open(MarketData.File(file), null);

        var steps = await recording.ReadAsync().ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(market, recording.BaseAsset + recording.QuoteAsset);
        Assert.Equal(price, steps[0].Price.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, steps.Count % 4);
        Assert.Equal(steps.OrderBy(step => step.At).Select(step => step.At), steps.Select(step => step.At));
    }

    [Fact]
    public async Task Line_that_is_no_trade_is_named()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("replay-").FullName, "BTCUSDT.csv");
        await File.WriteAllTextAsync(file, "1,2\n", TestContext.Current.CancellationToken);

        var broken = await Assert.ThrowsAsync<UnreadableRecordingException>(async () =>
            await Recording.Open(file, null).ReadAsync().FirstAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'1,2'", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("freqtrade/binance-leverage-tiers.json.gz")]
    public async Task Unknown_format_ends_the_process_with_a_clear_word(string file)
    {
        var (exitCode, error) = await Protocol.VenueProcess.FailAsync(
            "--replay", MarketData.File(file), "--replay-market", "BTCUSDT");

        Assert.Equal(1, exitCode);
        Assert.Contains("unknown format", error, StringComparison.Ordinal);
    }
}
