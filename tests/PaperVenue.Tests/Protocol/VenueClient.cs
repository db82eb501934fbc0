using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>An answer with its HTTP status.</summary>
internal sealed record Answer(int Status, JsonElement Body, string? Weight)
{
    public int Code => Body.GetProperty("code").GetInt32();

    public string Text(string name) => Body.GetProperty(name).GetString()!;
}

/// <summary>Signs requests as a client does.</summary>
internal sealed class VenueClient(Uri address, string folder) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = address };

    public string ApiKey { get; } = KeyFile(folder, "apiKey");

    public string Secret { get; } = KeyFile(folder, "secretKey");

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static Dictionary<string, string> Limit(string side, string quantity, string price, string? name = null)
    {
        var order = new Dictionary<string, string>
        {
            ["symbol"] = "BTCUSDT", ["side"] = side, ["type"] = "LIMIT", ["timeInForce"] = "GTC",
            ["quantity"] = quantity, ["price"] = price,
        };
        if (name is not null)
            order["newClientOrderId"] = name;
        return order;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new(HttpMethod.Get, $"/api/v3/{path}"));

    public Task<Answer> PlaceAsync(Dictionary<string, string> order) => SignedAsync(HttpMethod.Post, "order", order);

    public Task<Answer> SignedAsync(HttpMethod method, string path, Dictionary<string, string> parameters) =>
        SignedAsync(method, path, parameters, Now, 5_000);

    public Task<Answer> SignedAsync(
        HttpMethod method, string path, Dictionary<string, string> parameters, long timestamp, int window)
    {
        var pairs = parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")
            .Append($"recvWindow={window}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"timestamp={timestamp}"));
        var query = string.Join('&', pairs);
        return SendAsync(WithKey(new(method, $"/api/v3/{path}?{query}&signature={Sign(query)}")));
    }

    public string Sign(string payload) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(payload)));

    public HttpRequestMessage WithKey(HttpRequestMessage request)
    {
        request.Headers.Add("X-MBX-APIKEY", ApiKey);
        return request;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var weight);
        return new((int)response.StatusCode, JsonDocument.Parse(body).RootElement, weight?.Single());
    }

    public void Dispose() => http.Dispose();

    private static string KeyFile(string folder, string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "api-key.json")));
        return file.RootElement.GetProperty(name).GetString()!;
    }
}
