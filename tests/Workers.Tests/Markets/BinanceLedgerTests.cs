using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching.Accounts;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>What moved balances at Binance without an order, recorded, and instant converts.</summary>
public sealed class BinanceLedgerTests
{
    private const string Account = "Endpoints/Spot/Account/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetAssetDividendRecords.txt")]
    public void Dividends_are_income_in_the_venues_words() => Assert.Equal(
        [
            new VenueMovement("1637366104", VenueMovementKind.Income, "BHFT", 10m, At(1563189166000), "BHFT distribution"),
            new VenueMovement("1631750237", VenueMovementKind.Income, "BHFT", 10m, At(1563189165000), "BHFT distribution"),
        ],
        BinanceLedgerAnswers.DividendsOf(RecordedVenueData.Answer(Account + "GetAssetDividendRecords")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetDustLog.txt")]
    public void Dust_goes_out_and_what_it_became_comes_in_without_the_charge()
    {
        var recorded = RecordedVenueData.Answer(Account + "GetDustLog");

        var movements = BinanceLedgerAnswers.DustOf(recorded);

        Assert.Equal(
            [
                new VenueMovement("45178372831", VenueMovementKind.Conversion, "USDT", -0.0009m, At(1615985535000)),
                new VenueMovement("45178372831", VenueMovementKind.Conversion, "BNB", 0.000441m, At(1615985535000)),
            ],
            movements.Take(2));
        Assert.Equal(8, movements.Count);
        Assert.All(recorded.GetProperty("userAssetDribblets").EnumerateArray(), conversion => Assert.Equal(
            decimal.Parse(conversion.GetProperty("totalTransferedAmount").GetString()!, CultureInfo.InvariantCulture),
            movements.Where(movement => movement.Change > 0
                && string.Equals(
                    movement.MovementId, conversion.GetProperty("transId").GetInt64().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                .Sum(movement => movement.Change)));
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Trading/GetConvertTradeHistory.txt")]
    public void Conversion_is_two_movements_of_one_id() => Assert.Equal(
        [
            new VenueMovement("940708407462087195", VenueMovementKind.Conversion, "USDT", -20m, At(1624248872184)),
            new VenueMovement("940708407462087195", VenueMovementKind.Conversion, "BNB", 0.06154036m, At(1624248872184)),
        ],
        BinanceLedgerAnswers.ConversionsOf(RecordedVenueData.Answer("Endpoints/Spot/Trading/GetConvertTradeHistory")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetRebateHistory.txt")]
    public void Rebates_are_read_to_the_last_digit() => Assert.Equal(
        [
            new VenueMovement("1637651320000", VenueMovementKind.Rebate, "USDT", 0.0001126m, At(1637651320000)),
            new VenueMovement("1637928379000", VenueMovementKind.Rebate, "ETH", 0.00000056m, At(1637928379000)),
        ],
        BinanceLedgerAnswers.RebatesOf(RecordedVenueData.Answer(Account + "GetRebateHistory")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetTransfers.txt")]
    public void Transfer_out_of_the_spot_wallet_is_below_zero() => Assert.Equal(
        [
            new VenueMovement("11415955596", VenueMovementKind.Transfer, "USDT", -1m, At(1544433328000), "MAIN_UMFUTURE"),
            new VenueMovement("11366865406", VenueMovementKind.Transfer, "USDT", -2m, At(1544433328000), "MAIN_UMFUTURE"),
        ],
        BinanceLedgerAnswers.TransfersOf(RecordedVenueData.Answer(Account + "GetTransfers")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetBusdConvertHistory.txt")]
    public void Stablecoin_becomes_another()
    {
        var movements = BinanceLedgerAnswers.StablecoinsOf(RecordedVenueData.Answer(Account + "GetBusdConvertHistory"));

        Assert.Equal(6, movements.Count);
        Assert.Equal(
            [
                new VenueMovement("118263615991", VenueMovementKind.Conversion, "BUSD", -1m, At(1664442078000)),
                new VenueMovement("118263615991", VenueMovementKind.Conversion, "USDC", 1m, At(1664442078000)),
            ],
            movements.Take(2));
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetCloudMiningHistory.txt")]
    public void Mining_is_paid_for_and_given_back() => Assert.Equal(
        [
            new VenueMovement("121230610120", VenueMovementKind.Payment, "USDT", -25.0068m, At(1667880112000)),
            new VenueMovement("119991507468", VenueMovementKind.Payment, "USDT", 0.027m, At(1666776366000)),
            new VenueMovement("119977966327", VenueMovementKind.Payment, "USDT", -0.027m, At(1666764505000)),
            new VenueMovement("119973601721", VenueMovementKind.Payment, "USDT", -0.018m, At(1666758189000)),
            new VenueMovement("119973028551", VenueMovementKind.Payment, "USDT", -0.018m, At(1666757278000)),
        ],
        BinanceLedgerAnswers.MiningOf(RecordedVenueData.Answer(Account + "GetCloudMiningHistory")));

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Account/GetAssetDividendRecords.txt",
        "binance-net/Endpoints/Spot/Account/GetDustLog.txt",
        "binance-net/Endpoints/Spot/Account/GetRebateHistory.txt",
        "binance-net/Endpoints/Spot/Account/GetTransfers.txt",
        "binance-net/Endpoints/Spot/Trading/GetConvertTradeHistory.txt")]
    public async Task All_movements_come_in_one_row_oldest_first()
    {
        var (dividends, dust, rebates, transfers, conversions) = (
            RecordedVenueData.Endpoint("Account/GetAssetDividendRecords"), RecordedVenueData.Endpoint("Account/GetDustLog"),
            RecordedVenueData.Endpoint("Account/GetRebateHistory"), RecordedVenueData.Endpoint("Account/GetTransfers"),
            RecordedVenueData.Endpoint("Trading/GetConvertTradeHistory"));
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/sapi/v1/asset/assetDividend" => dividends,
                "/sapi/v1/asset/dribblet" => dust,
                "/sapi/v1/rebate/taxQuery" => rebates,
                "/sapi/v1/convert/tradeFlow" => conversions,
                _ when context.Request.Query["type"] == "MAIN_UMFUTURE" => transfers,
                _ => """{"total":0}""",
            },
            Cancel));
        using var host = MarketsHost.For(venue.Address);

        var movements = Assert.IsType<VenueAnswer<IReadOnlyList<VenueMovement>>.Answered>(
            await MarketsHost.Parts(host).Ledger!.MovementsAsync("spot", DateTimeOffset.UnixEpoch, Cancel)).Value;

        Assert.Equal(2 + 8 + 2 + 2 + 2, movements.Count);
        Assert.Equal(movements.OrderBy(movement => movement.At), movements);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetDustLog.txt")]
    public void Movements_become_facts_one_for_each_asset_of_a_conversion()
    {
        using var host = MarketsHost.For(new("http://127.0.0.1:9"));
        using var source = new VenueSource(host.Services.GetRequiredService<ConnectedVenues>().Home, TimeProvider.System);
        var movements = BinanceLedgerAnswers.DustOf(RecordedVenueData.Answer(Account + "GetDustLog"));

        var parsed = new AccountMovements(source, MarketsHost.Parts(host).Ledger!).Parse(
            new("movements", JsonSerializer.SerializeToUtf8Bytes(movements, FactContent.Json), At(0)));

        Assert.Equal(
            new BalanceMovement("conversion", "BNB", 0.00132256m, Note: null),
            Assert.Single(parsed.Facts, fact => fact.Subject is "Conversion/45178372831/BNB").Content);
        Assert.Equal(6, parsed.Facts.Count);
        Assert.Empty(parsed.Rejected);
    }

    [Fact]
    public async Task Movements_are_doubt_as_a_whole_where_one_part_of_them_is()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, """{"rows":[]}""");
        using var host = MarketsHost.For(venue.Address);

        Assert.IsType<VenueAnswer<IReadOnlyList<VenueMovement>>.Unknown>(
            await MarketsHost.Parts(host).Ledger!.MovementsAsync("spot", DateTimeOffset.UnixEpoch, Cancel));
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Trading/ConvertQuoteRequest.txt",
        "binance-net/Endpoints/Spot/Trading/ConvertAcceptQuote.txt",
        "binance-net/Endpoints/Spot/Trading/GetConvertOrderStatus.txt",
        "binance-net/Endpoints/Spot/ExchangeData/GetConvertListAllPairs.txt")]
    public async Task Quote_is_asked_for_taken_and_followed()
    {
        var (quoted, accepted, followed, pairs) = (
            RecordedVenueData.Endpoint("Trading/ConvertQuoteRequest"), RecordedVenueData.Endpoint("Trading/ConvertAcceptQuote"),
            RecordedVenueData.Endpoint("Trading/GetConvertOrderStatus"),
            RecordedVenueData.Endpoint("ExchangeData/GetConvertListAllPairs"));
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/sapi/v1/convert/getQuote" => quoted,
                "/sapi/v1/convert/acceptQuote" => accepted,
                "/sapi/v1/convert/orderStatus" => followed,
                _ => pairs,
            },
            Cancel));
        using var host = MarketsHost.For(venue.Address);
        var conversion = MarketsHost.Parts(host).Conversion!;

        var terms = Of(await conversion.TermsAsync(Asset.From("BTC"), Asset.From("USDT"), Cancel));
        var quote = Of(await conversion.QuoteAsync(Asset.From("BTC"), Asset.From("USDT"), Quantity.From(0.1m), Cancel));
        var taken = Of(await conversion.AcceptAsync(quote, Cancel));
        var done = Of(await conversion.QueryAsync(quote, Cancel));

        Assert.Equal(
            new ConversionTerms(
                "BTC", "USDT", Quantity.From(0.0004m), Quantity.From(50), Quantity.From(20), Quantity.From(2500000)),
            Assert.Single(terms));
        Assert.Equal(
            new ConversionQuote(
                "12415572564", Asset.From("BTC"), Quantity.From(0.1m), Asset.From("USDT"), Quantity.From(3816.37m), At(1623319461670)),
            quote);
        Assert.Equal(new ConversionOutcome("933256278426274426", ConversionState.Processing, At(1623381330472)), taken);
        Assert.Equal(new ConversionOutcome("933256278426274426", ConversionState.Succeeded, At(1623381330472)), done);
        Assert.Equal(2, venue.Calls.Count(call => call.Method is "POST" && call.Body.Contains("&signature=", StringComparison.Ordinal)));

        static T Of<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
