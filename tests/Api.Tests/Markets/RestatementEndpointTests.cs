using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Snapshots;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Markets;

namespace Platform.Api.Tests.Markets;

/// <summary>What a venue told of a bar otherwise than before is there to be read, in both versions.</summary>
public sealed class RestatementEndpointTests(SeriesApp app) : IClassFixture<SeriesApp>
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_versions_of_a_bar_are_listed_and_whose_they_are_and_when_it_was_seen()
    {
        var (kraken, okx) = (await IdAsync("kraken", "ETH-EUR"), await IdAsync("okx", "ETH-EUR"));
        await IdAsync("kraken", "XRP-EUR");
        await app.Services.GetRequiredService<Restatements>().WriteAsync(
            [
                new(kraken, BarLevel.Minute, BarOf(10, 1.5m), BarOf(10.5m, 2), Start.AddHours(1)),
                new(kraken, BarLevel.Minute, BarOf(10, 1.5m), BarOf(10.5m, 3), Start.AddHours(2)),
                new(okx, BarLevel.Minute, BarOf(11, 1), BarOf(11, 4), Start.AddHours(3)),
            ],
            Cancel);

        var first = await GetAsync("ETH-EUR/restatements?limit=10&filter.venue=eq:kraken");

        Assert.Equal(
            ["kraken|minute|2024-03-01T08:00:00+00:00|10 1.5|10.5 3|2024-03-01T10:00:00+00:00", "kraken|minute|2024-03-01T08:00:00+00:00|10 1.5|10.5 2|2024-03-01T09:00:00+00:00"],
            first.Select(Text));
        Assert.Equal(3, (await GetAsync("ETH-EUR/restatements?limit=10")).Select(item => item.GetProperty("restatementId").GetString()).Distinct().Count());
        Assert.Empty(await GetAsync("XRP-EUR/restatements"));
        using var unknown = await app.Client.GetAsync("/v1/markets/XXX-YYY/restatements", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Bar BarOf(decimal close, decimal volume) => new(
        Start, new(Price.From(10), Price.From(20), Price.From(5), Price.From(close)), Quantity.From(volume), QuoteVolume: null, Trades: null, BarState.Traded);

    private static string Text(JsonElement item) => string.Join('|',
        item.GetProperty("venue"), item.GetProperty("level"), item.GetProperty("start"), Figures(item.GetProperty("kept")),
        Figures(item.GetProperty("told")), item.GetProperty("seenAt"));

    private static string Figures(JsonElement bar) => $"{bar.GetProperty("close")} {bar.GetProperty("volume")}";

    private Task<int> IdAsync(string venue, string market) =>
        app.Services.GetRequiredService<Instruments>().IdAsync(VenueId.From(venue), MarketKey.From(market), Cancel);

    private async Task<JsonElement[]> GetAsync(string target) =>
        [.. (await app.Client.GetFromJsonAsync<JsonElement>($"/v1/markets/{target}", Cancel)).GetProperty("items").EnumerateArray()];
}
