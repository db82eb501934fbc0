using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Tests.Support;

/// <summary>The venue's own account of what happened, asked for as any client of it would ask.</summary>
public sealed class VenueAccount(HttpClient venue, VenueKey key)
{
    private const int PageSize = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

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
            throw new InvalidDataException($"{target}: {await answer.Content.ReadAsStringAsync(cancel)}");

        return await answer.Content.ReadFromJsonAsync<T>(Json, cancel)
            ?? throw new InvalidDataException($"{target}: the venue answered null.");
    }
}

public sealed record VenueKey(string ApiKey, string SecretKey);

/// <param name="Time">When it arrived, Unix milliseconds.</param>
public sealed record VenueOrderRow(string Symbol, long OrderId, string ClientOrderId, string Status, decimal ExecutedQty, long Time);

public sealed record VenueTradeRow(
    string Symbol, long Id, long OrderId, decimal Price, decimal Qty, decimal Commission, string CommissionAsset, long Time,
    bool IsBuyer);
