using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Secrets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Secrets;
using Platform.Workers.Tests.Markets.Venues;
using Platform.Workers.Tests.Trading;

namespace Platform.Workers.Tests.Markets;

/// <summary>What keys may do, in the words of each venue, and what becomes of one that may do too much.</summary>
public sealed class VenueKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetAPIKeyPermissions.txt")]
    public void Recorded_key_may_only_read() => Assert.Equal(
        new KeyPermissions(CanTrade: false, CanWithdraw: false),
        BinanceWalletAnswers.KeyOf(RecordedVenueData.Answer("Endpoints/Spot/Account/GetAPIKeyPermissions")));

    // By the examples of the venues' documentation (2026-07).
    [Theory]
    [InlineData("binance", "/sapi/v1/account/apiRestrictions",
        """{"ipRestrict":true,"enableReading":true,"enableWithdrawals":true,"enableSpotAndMarginTrading":true}""", true, true)]
    [InlineData("okx", "/api/v5/account/config",
        """{"code":"0","msg":"","data":[{"acctLv":"3","ip":"","perm":"read_only,withdraw,trade","posMode":"long_short_mode"}]}""", true, true)]
    [InlineData("okx", "/api/v5/account/config",
        """{"code":"0","msg":"","data":[{"acctLv":"3","ip":"","perm":"read_only,trade","posMode":"long_short_mode"}]}""", true, false)]
    [InlineData("bybit", "/v5/user/query-api",
        """{"retCode":0,"retMsg":"","result":{"readOnly":0,"permissions":{"Spot":["SpotTrade"],"Wallet":["AccountTransfer","Withdraw"]},"ips":["*"]}}""",
        true, true)]
    [InlineData("bybit", "/v5/user/query-api",
        """{"retCode":0,"retMsg":"","result":{"readOnly":1,"permissions":{"Spot":["SpotTrade"],"Wallet":["Withdraw"]},"ips":["*"]}}""", false, false)]
    [InlineData("coinbase", "/api/v3/brokerage/key_permissions",
        """{"can_view":true,"can_trade":true,"can_transfer":false,"portfolio_uuid":"p"}""", true, false)]
    public async Task Venue_tells_what_a_key_may_do(string connector, string path, string body, bool canTrade, bool canWithdraw)
    {
        await using var venue = await PrivateVenue.StartAsync(connector, (path, body));

        Assert.Equal(
            new KeyPermissions(canTrade, canWithdraw),
            Assert.IsType<VenueAnswer<KeyPermissions>.Answered>(await venue.Account.KeyAsync(Cancel)).Value);
    }

    [Fact]
    public async Task Key_that_may_withdraw_is_not_used_unless_the_settings_allow_it()
    {
        await using var okx = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/api/v5/account/config" => """{"code":"0","msg":"","data":[{"perm":"read_only,withdraw,trade"}]}""",
                "/api/v5/public/time" => """{"code":"0","msg":"","data":[{"ts":"1499827319559"}]}""",
                "/api/v5/account/balance" => """{"code":"0","msg":"","data":[{"details":[]}]}""",
                _ => """{"code":"0","msg":"","data":[]}""",
            },
            context.RequestAborted));
        await using var home = new PaperVenueProcess();
        await home.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(home, [.. Venue("strict", okx), .. Venue("open", okx), ("Platform:Venues:open:MayWithdraw", "true")]);

        await SealAsync(workers, "strict");
        await SealAsync(workers, "open");

        await Eventually.IsTrueAsync("the key is withheld", WorkerHost.Patience, async _ =>
            await BalancesAsync(workers, "strict") is VenueAnswer<IReadOnlyList<VenueBalance>>.Refused { Message: var why }
            && why.Contains("may withdraw", StringComparison.Ordinal), Cancel);
        await Eventually.IsTrueAsync("the other is in use", WorkerHost.Patience, async _ =>
            await BalancesAsync(workers, "open") is VenueAnswer<IReadOnlyList<VenueBalance>>.Answered, Cancel);
        // The home venue does not tell, and is let in.
        Assert.IsType<VenueAnswer<BinanceAccount>.Answered>(await MarketsHost.Rest(workers.Services).AccountAsync(Cancel));
    }

    private static (string, string)[] Venue(string name, LoopbackVenue at) =>
    [
        ($"Platform:Venues:{name}:Connector", "okx"), ($"Platform:Venues:{name}:RestUrl", at.Address.ToString()),
        ($"Platform:Venues:{name}:StreamUrl", new UriBuilder(at.Address) { Scheme = "ws" }.Uri.ToString()),
    ];

    private static Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(WorkerHost workers, string venue) =>
        workers.Services.GetRequiredService<ConnectedVenues>().Find(VenueId.From(venue))!.Parts.Account!.BalancesAsync(Cancel);

    private static async Task SealAsync(WorkerHost workers, string venue)
    {
        var vault = workers.Services.GetRequiredService<SecretVault>();
        var address = new SecretAddress(Pool: null, SecretId.From($"venue.{venue}"), SecretName.From("credentials"));
        using var value = SecretBytes.CopyOf(Encoding.UTF8.GetBytes("""{"apiKey":"key","secretKey":"secret","passphrase":"word"}"""));
        await using var session = vault.SessionOf(address);
        await vault.SealAsync(session, address, value, Cancel);
        await session.SaveChangesAsync(Cancel);
    }
}
