using System.Security.Cryptography;
using System.Text;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Orders;

/// <summary>The same order by nothing but the signed call to the venue; a market order's answer says that it is filled.</summary>
internal sealed class VenueTrader : IDisposable
{
    private readonly HttpClient http;
    private readonly byte[] secret;

    public VenueTrader(PaperVenueProcess venue)
    {
        http = new HttpClient { BaseAddress = venue.Address };
        http.DefaultRequestHeaders.Add("X-MBX-APIKEY", venue.ApiKey);
        secret = Encoding.ASCII.GetBytes(venue.ApiSecret);
    }

    public async Task FillAsync(string side, CancellationToken cancel)
    {
        var query = $"symbol=BTCUSDT&side={side.ToUpperInvariant()}&type=MARKET&quantity={PushedTrader.Quantity}"
            + $"&newOrderRespType=FULL&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(query)));
        using var answer = await http.PostAsync($"/api/v3/order?{query}&signature={signature}", content: null, cancel);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancel);
    }

    public void Dispose() => http.Dispose();
}
