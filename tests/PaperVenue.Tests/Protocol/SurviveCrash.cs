using System.Diagnostics;
using System.Globalization;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>The real process, killed without a word.</summary>
public sealed class SurviveCrash
{
    [Fact]
    public async Task All_that_was_acknowledged_is_there_after_a_kill()
    {
        var folder = RunningVenue.NewFolder();
        var acknowledged = new List<long>();
        using (var doomed = await VenueProcess.StartAsync(folder))
        {
            using var client = new VenueClient(doomed.Address, folder);
            await client.PlaceAsync(new()
            {
                ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["type"] = "MARKET", ["quantity"] = "0.1",
            });
            var placing = Enumerable.Range(0, 4).Select(_ => PlaceUntilItFailsAsync(client, acknowledged)).ToList();
            while (Count(acknowledged) < 100)
                await Task.Yield();
            doomed.Kill();
            await Task.WhenAll(placing);
        }

        using var risen = await VenueProcess.StartAsync(folder);
        using var again = new VenueClient(risen.Address, folder);
        var open = await again.SignedAsync(HttpMethod.Get, "openOrders", []);
        var account = await again.SignedAsync(HttpMethod.Get, "account", []);
        var trades = await again.SignedAsync(HttpMethod.Get, "myTrades", new() { ["symbol"] = "BTCUSDT" });
        var depth = await again.GetAsync("depth?symbol=BTCUSDT&limit=5000");

        var ids = open.Body.EnumerateArray().Select(order => order.GetProperty("orderId").GetInt64()).ToList();
        Assert.Subset(ids.ToHashSet(), acknowledged.ToHashSet());
        Assert.NotEmpty(trades.Body.EnumerateArray());
        var usdt = account.Body.GetProperty("balances").EnumerateArray()
            .Single(balance => balance.GetProperty("asset").ValueEquals("USDT"));
        var locked = usdt.GetProperty("locked").GetString() ?? "";
        Assert.Equal(ids.Count * 10m, decimal.Parse(locked, CultureInfo.InvariantCulture));
        var bids = depth.Body.GetProperty("bids").EnumerateArray();
        Assert.Contains(bids, level => level[0].ValueEquals("10000.00000000"));

        var next = await again.PlaceAsync(VenueClient.Limit("BUY", "0.001", "10000"));
        Assert.True(next.Status == 400 || next.Body.GetProperty("orderId").GetInt64() > ids.Max());
    }

    [Fact]
    public async Task Process_ends_within_two_seconds_when_asked()
    {
        using var venue = await VenueProcess.StartAsync(RunningVenue.NewFolder());
        using var watching = await Conversation.OpenAsync(venue.Address, "/ws/btcusdt@depth@100ms");
        await watching.HearEventAsync("depthUpdate");

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await venue.StopAsync());

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    private static int Count(List<long> acknowledged)
    {
        lock (acknowledged)
            return acknowledged.Count;
    }

    private static async Task PlaceUntilItFailsAsync(VenueClient client, List<long> acknowledged)
    {
        try
        {
            while (true)
            {
                var placed = await client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "10000"));
                if (placed.Status != 200)
                    return;
                lock (acknowledged)
                    acknowledged.Add(placed.Body.GetProperty("orderId").GetInt64());
            }
        }
        catch (HttpRequestException)
        {
            // The venue is dead, as intended.
        }
    }
}
