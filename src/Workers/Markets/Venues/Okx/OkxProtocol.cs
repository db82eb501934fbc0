using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>How OKX takes and answers a call (API v5, REST authentication and error codes, 2026-07).</summary>
internal sealed class OkxProtocol : IVenueProtocol
{
    /// <summary>Calls that ask for all instruments at once, and all others that are seldom asked.</summary>
    public const string Listing = "listing";
    public const string Market = "market";
    public const string Orders = "orders";
    public const string Account = "account";
    public const string Funding = "funding";

    // Each route has its own count in a window that slides; ours are for the least generous route of a kind, and half of it.
    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Listing, 10, TimeSpan.FromSeconds(2)),
        new(Market, 20, TimeSpan.FromSeconds(2)),
        new(Orders, 30, TimeSpan.FromSeconds(2), LimitScope.Key),
        new(Account, 5, TimeSpan.FromSeconds(2), LimitScope.Key),
        new(Funding, 6, TimeSpan.FromSeconds(2), LimitScope.Key),
    ];

    public VenueCall TimeCall { get; } = VenueCall.Get("/api/v5/public/time");

    public DateTimeOffset TimeOf(JsonElement answer) => answer[0].Milliseconds("ts");

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var timestamp = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var request = Request(root, call);
        request.Headers.Add("OK-ACCESS-KEY", credentials.ApiKey);
        request.Headers.Add("OK-ACCESS-SIGN", Sign(credentials, $"{timestamp}{call.Method}{call.Target}{call.Json}"));
        request.Headers.Add("OK-ACCESS-TIMESTAMP", timestamp);
        request.Headers.Add("OK-ACCESS-PASSPHRASE", credentials.Passphrase);
        return request;
    }

    /// <summary>HMAC SHA-256 in Base64.</summary>
    public static string Sign(VenueCredentials credentials, string payload) => credentials.Use(secret =>
        Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(payload))));

    /// <summary>Often enough that a quiet connection is not taken for a dead one; the venue itself hangs up after 30 s.</summary>
    public static StreamPing PingFor(TimeSpan silence) => new(() => "ping", silence * 2 / 3);

    /// <summary>An answer holds a list of what was asked; each part of it may be refused on its own (sCode).</summary>
    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body)
    {
        var code = body.Text("code");
        var parts = body.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Array ? data : default;
        if (parts.ValueKind is JsonValueKind.Array && parts.GetArrayLength() > 0
            && parts[0].ValueKind is JsonValueKind.Object
            && parts[0].TextOrNone("sCode") is { } partCode and not "0")
            return Complaint(partCode, parts[0].TextOrNone("sMsg") ?? string.Empty);

        if (code is not "0")
            return Complaint(code, body.TextOrNone("msg") ?? string.Empty);
        return parts.ValueKind is JsonValueKind.Array
            ? new VenueAnswer<JsonElement>.Answered(parts)
            : throw new JsonException("No data.");
    }

    // Invalid or expired timestamps.
    public bool IsAboutTime(string code) => code is "50102" or "50112";

    private static VenueAnswer<JsonElement> Complaint(string code, string message) => code switch
    {
        // Away, timed out or busy: the venue says itself that this tells nothing about the call.
        "50001" or "50004" or "50005" or "50013" or "50026" or "51054" or "51149" =>
            new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, $"{code} {message}"),
        "50011" or "50061" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, $"{code} {message}"),
        "51016" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Duplicate, $"{code} {message}"),
        // On a cancel 51400 means filled, canceled or never seen: whoever asks finds out which.
        "51603" or "51400" or "58125" => new VenueAnswer<JsonElement>.NotFound(message),
        _ => new VenueAnswer<JsonElement>.Refused(code, message, $"{code} {message}"),
    };
}
