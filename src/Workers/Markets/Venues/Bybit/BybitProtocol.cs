using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>How Bybit takes and answers a call (API v5, authentication, rate limits and error codes, 2026-07).</summary>
internal sealed class BybitProtocol : IVenueProtocol
{
    /// <summary>All calls of an address.</summary>
    public const string Address = "address";
    public const string Orders = "orders";
    public const string Account = "account";
    public const string Funding = "funding";
    private const string ReceiveWindowMilliseconds = "5000";

    // The venue allows an address 600 in a sliding 5 s, and each key so many a second of each route.
    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Address, 300, TimeSpan.FromSeconds(5)),
        new(Orders, 10, TimeSpan.FromSeconds(1), LimitScope.Key),
        new(Account, 5, TimeSpan.FromSeconds(1), LimitScope.Key),
        new(Funding, 5, TimeSpan.FromSeconds(2), LimitScope.Key),
    ];

    public VenueCall TimeCall { get; } = VenueCall.Get("/v5/market/time");

    public DateTimeOffset TimeOf(JsonElement answer) =>
        DateTimeOffset.UnixEpoch.AddTicks(answer.Whole("timeNano") / TimeSpan.NanosecondsPerTick);

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var request = Request(root, call);
        request.Headers.Add("X-BAPI-API-KEY", credentials.ApiKey);
        request.Headers.Add("X-BAPI-TIMESTAMP", timestamp);
        request.Headers.Add("X-BAPI-RECV-WINDOW", ReceiveWindowMilliseconds);
        request.Headers.Add("X-BAPI-SIGN", credentials.Sign(
            $"{timestamp}{credentials.ApiKey}{ReceiveWindowMilliseconds}{call.Json ?? call.Query}"));
        return request;
    }

    /// <summary>Often enough that a quiet connection is not taken for a dead one; the venue asks for one every 20 s.</summary>
    public static StreamPing PingFor(TimeSpan silence) => new(() => """{"op":"ping"}""", silence * 2 / 3);

    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body)
    {
        var (code, message) = (body.Whole("retCode"), body.TextOrNone("retMsg") ?? string.Empty);
        var raw = string.Create(CultureInfo.InvariantCulture, $"{code} {message}");
        return code switch
        {
            0 => new VenueAnswer<JsonElement>.Answered(body.GetProperty("result")),
            // Timed out or broken at the venue: what became of the call is not told.
            10000 or 10016 or 10019 or 170007 or 170032 or 170146 or 170147 =>
                new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, raw),
            10006 or 10018 or 10429 => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, raw),
            110072 or 170141 => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Duplicate, raw),
            110001 or 170213 => new VenueAnswer<JsonElement>.NotFound(message),
            _ => new VenueAnswer<JsonElement>.Refused(code.ToString(CultureInfo.InvariantCulture), message, raw),
        };
    }

    // Of a signed call the venue tells what is left to the key of that very route.
    public LimitReading? ReadingOf(VenueCall call, HttpResponseHeaders headers) =>
        call.Limit is { } name
        && Header(headers, "X-Bapi-Limit") is { } limit && Header(headers, "X-Bapi-Limit-Status") is { } left
            ? new(name, Math.Max(0, limit - left), limit)
            : null;

    // Timestamp outside of the receive window.
    public bool IsAboutTime(string code) => code is "10002";

    private static int? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
