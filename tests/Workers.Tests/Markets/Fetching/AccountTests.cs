using System.Text.Json;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>What the platform's account at a venue says, through the venue's connector.</summary>
public sealed class AccountTests(FleetDatabase database, PaperVenueProcess venue)
    : IClassFixture<FleetDatabase>, IClassFixture<PaperVenueProcess>
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Balances_are_those_of_the_venue_and_nothing_is_had_without_credentials()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);
        var id = FetcherId.From("account.balances@paper");
        Assert.NotNull((await node.RunAsync(id)).Failed);

        node.Of<VenueAccess>().Replace(MarketsHost.Credentials(venue.ApiKey, venue.ApiSecret));

        Assert.Null((await node.RunAsync(id)).Failed);
        Assert.Equal(new AccountBalance("USDT", 100_000m, 0m), Assert.Single(await node.KnownAsync(id, "USDT")).Content);
    }

    [Fact]
    public async Task Transfers_addresses_and_networks_are_told_in_our_words()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        Assert.Equal(
            new CoinTransfer(IsDeposit: false, "BTC", 0.5m, 0.0001m, "BTC", "sent", "tx-1", "bc1q"),
            Read(node, "transfers", "withdrawals", new VenueTransfer(
                "w-1", "c-1", "BTC", "BTC", Quantity.From(0.5m), Quantity.From(0.0001m), "bc1q", Tag: null, "tx-1", VenueTransferState.Sent, At)));
        Assert.Equal(
            new WithdrawalAddress("XRP", "XRP", "rEb8", "1234", "cold", IsWhitelisted: true),
            Read(node, "addresses", "XRP", new VenueAddress("XRP", "XRP", "rEb8", "1234", "cold", IsVerified: true)));
        Assert.Equal(
            new NetworkTerms("ETH", "ARBITRUM", CanDeposit: true, CanWithdraw: false, 0.0001m, 0.001m, WithdrawMax: null, Confirmations: 120),
            Read(node, "networks", "ETH", new VenueNetwork(
                "ETH", "ARBITRUM", CanDeposit: true, CanWithdraw: false, Quantity.From(0.0001m), Quantity.From(0.001m), Max: null, Confirmations: 120)));
    }

    [Fact]
    public async Task Positions_collateral_and_waiting_orders_are_told_in_our_words()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, ("Platform:Venues:okx:RestUrl", venue.Address.ToString()));

        Assert.Equal(
            new DerivativePosition("BTC-USDT-SWAP", -3m, 60_000m, MarkPrice: null, LiquidationPrice: null, 5m, -1.5m, "USDT"),
            Read(node, "positions", "positions", new VenuePosition(
                "BTC-USDT-SWAP", -3m, Price.From(60_000), MarkPrice: null, LiquidationPrice: null, Leverage: 5,
                new Money(-1.5m, Asset.From("USDT")), At), "okx"));
        Assert.Equal(
            new AccountBalance("USDT", 90m, 10m),
            Read(node, "positions", "collateral", new VenueBalance("USDT", Quantity.From(90), Quantity.From(10)), "okx"));
        var waiting = Assert.IsType<WaitingOrder>(Read(node, "positions", "triggers", new TriggerOrder(
            "BTC-USDT-SWAP", "t-1", ClientTriggerId: null, VenueSide.Sell, TriggerState.Waiting,
            [new(Price.From(55_000), TriggerPriceKind.Mark, LimitPrice: null)], Quantity: null, VenueOrderId: null, At), "okx"));
        Assert.Equal(("BTC-USDT-SWAP", false, "waiting", null), (waiting.VenueSymbol, waiting.IsBuy, waiting.State, waiting.Quantity));
        Assert.Equal([new WaitingPrice(55_000m, "mark", Limit: null)], waiting.Prices);
    }

    [Fact]
    public async Task Accounts_on_margin_and_terms_of_borrowing_are_told_in_our_words()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        var account = Assert.IsType<MarginStanding>(Read(node, "margin", "accounts", new MarginAccount(
            "BTCUSDT", 1.2m, MarginState.MarginCall, Thresholds: null, Price.From(55_000),
            [new("USDT", Quantity.From(90), Quantity.From(10), Quantity.From(200), Quantity.From(1), -101m)])));
        Assert.Equal(
            ("BTCUSDT", 1.2m, "marginCall", null, 55_000m),
            (account.VenueSymbol, account.Level, account.State, account.LiquidationAt, account.LiquidationPrice));
        Assert.Equal([new MarginHolding("USDT", 90m, 10m, 200m, 1m, -101m)], account.Assets);
        Assert.Equal(
            new BorrowingTerms(VenueSymbol: null, "BTC", CanBorrow: true, 0.00026125m, 180m),
            Read(node, "margin-terms", "loans", new LoanTerms(VenueSymbol: null, "BTC", CanBorrow: true, 0.00026125m, Quantity.From(180))));
        Assert.Equal(
            new MarginRoom("BTC", 1.5m, 3m),
            Read(node, "margin-terms", "room/BTC", new BorrowingRoom("BTC", Quantity.From(1.5m), Quantity.From(3))));
        Assert.Equal(new BorrowingRate("BTC", 0.00035m), Read(node, "margin-terms", "rates/BTC", new InterestRate("BTC", 0.00035m, At)));
    }

    private static FactContent Read<T>(FleetStand.Node node, string type, string about, T said, string venue = "paper")
    {
        var fetcher = node.Of<FetcherCatalog>().All.Single(each => each.Terms.Id == FetcherId.Of($"account.{type}", venue));
        return Assert.Single(fetcher.Parse(new(about, JsonSerializer.SerializeToUtf8Bytes<T[]>([said], FactContent.Json), At)).Facts).Content;
    }

    private FleetStand.Node Node(FleetStand stand, params (string Name, string Value)[] more) => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        [
            ("Platform:Venue:RestUrl", venue.Address.ToString()),
            ("Platform:Venue:StreamUrl", new UriBuilder(venue.Address) { Scheme = "ws" }.Uri.ToString()), .. more,
        ]);
}
