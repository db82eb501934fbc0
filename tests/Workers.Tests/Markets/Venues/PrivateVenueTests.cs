using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Tests.Markets.Venues.Coinbase;
using Platform.Workers.Tests.Markets.Venues.Okx;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What holds for orders at every venue that signs: nothing is sent twice, and doubt is not certainty.</summary>
public sealed class PrivateVenueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Orders => new()
    {
        { "okx", "/api/v5/trade/order" }, { "bybit", "/v5/order/create" }, { "coinbase", "/api/v3/brokerage/orders" },
    };

    public static TheoryData<string, string, string> Withdrawals => new()
    {
        { "okx", "/api/v5/asset/withdrawal", "/api/v5/asset/currencies" },
        { "bybit", "/v5/asset/withdraw/create", string.Empty },
        { "coinbase", "/v2/accounts/w1/transactions", "/api/v3/brokerage/accounts" },
    };

    [Theory, MemberData(nameof(Orders))]
    public async Task Unanswered_order_is_doubt_and_was_sent_once(string connector, string path)
    {
        await using var venue = await PrivateVenue.StartAsync(connector, (path, string.Empty));

        var answer = await venue.Trading.PlaceAsync(Order(connector), Cancel);

        Assert.IsType<VenueAnswer<VenueOrder>.Unknown>(answer);
        Assert.Equal(("POST", path), Assert.Single(venue.Asked.Select(asked => (asked.Method, asked.Target))));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Answer_that_says_nothing_is_doubt(string connector, string path)
    {
        await using var venue = await PrivateVenue.StartAsync(connector, (path, "{}"));

        Assert.IsType<VenueAnswer<VenueOrder>.Unknown>(await venue.Trading.PlaceAsync(Order(connector), Cancel));
    }

    [Theory, MemberData(nameof(Withdrawals))]
    public async Task Unanswered_withdrawal_is_doubt_and_was_sent_once(string connector, string path, string before)
    {
        await using var venue = await PrivateVenue.StartAsync(
            connector, (path, string.Empty),
            (before, connector is "okx" ? OkxTradingTests.Networks : CoinbaseTradingTests.Wallets));

        var answer = await venue.Withdrawals.WithdrawAsync(Withdrawal, Cancel);

        Assert.IsType<VenueAnswer<VenueTransferName>.Unknown>(answer);
        Assert.Single(venue.Asked, asked => asked.Method is "POST");
    }

    [Fact]
    public async Task Key_that_cannot_sign_sends_nothing_and_is_not_told()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, """{"epochMillis":"1700000000000"}""");
        using var reachable = MarketsHost.For(
            venue.Address, apiSecret: "no-key-in-pem", settings: ("Platform:Venue:Connector", "coinbase"));

        var answer = Assert.IsType<VenueAnswer<IReadOnlyList<VenueBalance>>.Refused>(
            await WireHost.Parts(reachable).Account!.BalancesAsync(Cancel));

        Assert.DoesNotContain("no-key-in-pem", answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, venue.CallsTo("/api/v3/brokerage/accounts"));
    }

    internal static NewWithdrawal Withdrawal { get; } = new(
        "transfer-1", Asset.From("USDT"), Quantity.From(100), new("USDT", "USDT-TRC20", "TAbc", Tag: null));

    internal static Instrument Market(string connector) => connector is "bybit"
        ? MarketsHost.Listed("BTC-USDT", "BTCUSDT", connector)
        : MarketsHost.Listed("BTC-USDT", "BTC-USDT", connector);

    internal static NewVenueOrder Order(
        string connector, VenueOrderType type = VenueOrderType.Limit,
        VenueTimeInForce? timeInForce = VenueTimeInForce.GoodTillCancel) => new(
        Market(connector), "abc123", VenueSide.Buy, type, Quantity.From(0.5m), null,
        type is VenueOrderType.Market ? null : Price.From(20_000), timeInForce);

    internal static T Answered<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
}
