using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>
/// Binance's WebSocket API, and the paper venue's: the same calls, answers and weights as by REST, under other names
/// (web-socket-api.md, 2026-07).
/// </summary>
/// <param name="root">Of the stream of the account.</param>
internal sealed class BinanceCallProtocol(Uri root) : ICallProtocol
{
    private static readonly FrozenDictionary<(string Method, string Path), string> Names =
        new Dictionary<(string Method, string Path), string>
        {
            [("POST", "/api/v3/order")] = "order.place",
            [("DELETE", "/api/v3/order")] = "order.cancel",
            [("GET", "/api/v3/order")] = "order.status",
            [("GET", "/api/v3/openOrders")] = "openOrders.status",
            [("GET", "/api/v3/myTrades")] = "myTrades",
        }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Numbers =
        FrozenSet.Create(StringComparer.Ordinal, "fromId", "limit", "orderId", "recvWindow", "timestamp");

    public Uri Address { get; } = AddressAt(root);

    public static Uri AddressAt(Uri root) => new(root, "/ws-api/v3");

    public bool Takes(VenueCall call) => Names.ContainsKey((call.Method.Method, call.Path));

    public string Write(VenueCall call, string id, VenueCredentials credentials, DateTimeOffset at) => Write(
        Names[(call.Method.Method, call.Path)], id,
        [.. call.Parameters, ("recvWindow", BinanceProtocol.ReceiveWindowMilliseconds)], credentials, at);

    /// <summary>Signed are the parameters in alphabetical order, as they are: nothing is encoded.</summary>
    public static string Write(
        string method, string id, IReadOnlyList<(string Name, string? Value)> parameters, VenueCredentials credentials,
        DateTimeOffset at)
    {
        (string Name, string? Value)[] signed =
        [
            .. parameters
                .Append(("apiKey", credentials.ApiKey))
                .Append(("timestamp", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)))
                .Where(parameter => parameter.Item2 is not null)
                .OrderBy(parameter => parameter.Item1, StringComparer.Ordinal),
        ];
        var signature = credentials.Sign(string.Join('&', signed.Select(parameter => $"{parameter.Name}={parameter.Value}")));

        var text = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("method", method);
            json.WriteStartObject("params");
            foreach (var (name, value) in signed.Append(("signature", signature)))
                if (Numbers.Contains(name))
                    json.WriteNumber(name, long.Parse(value!, CultureInfo.InvariantCulture));
                else
                    json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public string? IdOf(JsonElement message) =>
        message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString() : null;

    public CarriedAnswer Read(JsonElement message)
    {
        var (isError, body) = message.TryGetProperty("error", out var error)
            ? (true, error)
            : (false, message.GetProperty("result"));
        return new(
            (HttpStatusCode)message.GetProperty("status").GetInt32(), JsonMarshal.GetRawUtf8Value(body).ToArray(),
            isError ? RetryIn(error) : null, CountOf(message));
    }

    // Both by the venue's clock; where it does not tell its own, it says nothing that can be believed.
    private static TimeSpan? RetryIn(JsonElement error) =>
        error.TryGetProperty("data", out var data)
        && data.TryGetProperty("retryAfter", out var until) && data.TryGetProperty("serverTime", out var now)
            ? TimeSpan.FromMilliseconds(Math.Max(0, until.GetInt64() - now.GetInt64()))
            : null;

    private static LimitReading? CountOf(JsonElement message)
    {
        if (!message.TryGetProperty("rateLimits", out var limits))
            return null;
        foreach (var limit in limits.EnumerateArray())
            if (limit.GetProperty("rateLimitType").ValueEquals("REQUEST_WEIGHT")
                && limit.GetProperty("interval").ValueEquals("MINUTE") && limit.GetProperty("intervalNum").GetInt32() == 1)
                return new(BinanceProtocol.Weight, limit.GetProperty("count").GetInt32(), limit.GetProperty("limit").GetInt32());
        return null;
    }
}
