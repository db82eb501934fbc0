using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets.Registry;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Tests.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>What a venue announces of the end of its markets, as it was recorded, stands beside what it lists.</summary>
public sealed class DelistingPlanTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/ExchangeData/GetDelistSchedule.txt")]
    public async Task Announced_ends_are_recorded_for_the_markets_that_they_name()
    {
        var schedule = RecordedVenueData.Endpoint("ExchangeData/GetDelistSchedule");
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/api/v3/exchangeInfo" => Listing("ADA", "BNB", "BTC", "ETH"),
                "/sapi/v1/spot/delist-schedule" => schedule,
                _ => "[]",
            },
            context.RequestAborted));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewNode(
            builder =>
            {
                builder.AddMarkets();
                builder.AddVenueRegistry();
            },
            ("Platform:Venue:RestUrl", venue.Address.ToString()));
        IHostedService[] workers =
            [node.Of<MarketCatalog>(), .. node.Of<IEnumerable<IHostedService>>().OfType<ListingKeeper>()];
        await Task.WhenAll(workers.Select(worker => worker.StartAsync(Cancel)));

        // Until there is a key nobody is told.
        node.Of<VenueAccess>().Replace(MarketsHost.Credentials());
        var ends = await Eventually.AnswersAsync("the ends are recorded", Deadline, async _ =>
        {
            var known = await ListedAsync(node);
            return known.Count == 4 && known.Exists(each => each.EndsAt is not null)
                ? known.ToDictionary(each => each.Market.Value, each => each.EndsAt?.ToUnixTimeMilliseconds())
                : null;
        }, Cancel);

        Assert.Equal(
            (1686161202000, 1686161202000, null, 1686222232000),
            (ends["ADA-USDT"], ends["BNB-USDT"], ends["BTC-USDT"], ends["ETH-USDT"]));
        await Task.WhenAll(workers.Select(worker => worker.StopAsync(Cancel)));
    }

    private static async Task<List<ListedInstrument>> ListedAsync(FleetStand.Node node)
    {
        await using var session = node.Of<IDocumentStore>().QuerySession();
        return [.. await session.Query<ListedInstrument>().ToListAsync(Cancel)];
    }

    private static string Listing(params IEnumerable<string> assets) =>
        $$"""
        {"serverTime":1,"rateLimits":[],"symbols":[{{string.Join(',', assets.Select(asset =>
            $$"""
            {"symbol":"{{asset}}USDT","status":"TRADING","baseAsset":"{{asset}}","baseAssetPrecision":8,"quoteAsset":"USDT",
             "quoteAssetPrecision":8,"filters":[]}
            """))}}]}
        """;
}
