using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Simulation;

/// <summary>The venue's own account of what happened, asked for as any client of it would ask.</summary>
public sealed class VenueAccount(HttpClient venue, VenueKey key)
{
    private const int PageSize = 1000;

    public Task<IReadOnlyList<VenueOrderRow>> OrdersAsync(string symbol, CancellationToken cancel) =>
        AllAsync<VenueOrderRow>($"/api/v3/allOrders?symbol={symbol}&orderId=", order => order.OrderId, cancel);

    public Task<IReadOnlyList<VenueTradeRow>> TradesAsync(string symbol, CancellationToken cancel) =>
        AllAsync<VenueTradeRow>($"/api/v3/myTrades?symbol={symbol}&fromId=", trade => trade.Id, cancel);

    private async Task<IReadOnlyList<T>> AllAsync<T>(string query, Func<T, long> idOf, CancellationToken cancel)
    {
        List<T> all = [];
        IReadOnlyList<T> page;
        do
        {
            var from = all.Count == 0 ? 0 : idOf(all[^1]) + 1;
            page = await GetAsync<IReadOnlyList<T>>($"{query}{from}&limit={PageSize}", cancel);
            all.AddRange(page);
        }
        while (page.Count == PageSize);

        return all;
    }

    private async Task<T> GetAsync<T>(string target, CancellationToken cancel)
    {
        var signed = $"{target}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        var query = signed[(signed.IndexOf('?', StringComparison.Ordinal) + 1)..];
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.SecretKey), Encoding.ASCII.GetBytes(query));

        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{signed}&signature={Convert.ToHexStringLower(signature)}");
        request.Headers.Add("X-MBX-APIKEY", key.ApiKey);
        using var answer = await venue.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode)
            Assert.Fail($"{target}: {await answer.Content.ReadAsStringAsync(cancel)}");

        return await answer.Content.ReadFromJsonAsync<T>(Wire.Json, cancel)
            ?? throw new InvalidDataException($"{target}: the venue answered null.");
    }
}
