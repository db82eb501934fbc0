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

    private static FactContent Read<T>(FleetStand.Node node, string type, string about, T said)
    {
        var fetcher = node.Of<FetcherCatalog>().All.Single(each => each.Terms.Id == FetcherId.Of($"account.{type}", "paper"));
        return Assert.Single(fetcher.Parse(new(about, JsonSerializer.SerializeToUtf8Bytes<T[]>([said], FactContent.Json), At)).Facts).Content;
    }

    private FleetStand.Node Node(FleetStand stand) => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        ("Platform:Venue:RestUrl", venue.Address.ToString()), ("Platform:Venue:StreamUrl", new UriBuilder(venue.Address) { Scheme = "ws" }.Uri.ToString()));
}
