using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>How Binance, and the paper venue, take and answer a call (rest-api.md and errors.md, 2026-07).</summary>
/// <param name="weightPerMinute">As documented; exchangeInfo says how much it is.</param>
/// <param name="timePath">Where the time is asked for.</param>
internal sealed class BinanceProtocol(int weightPerMinute = BinanceProtocol.SpotWeight, string timePath = "/api/v3/time") : IVenueProtocol
{
    /// <summary>The request weight of an address in a minute; the venue says in exchangeInfo how much it is.</summary>
    public const string Weight = "request_weight";

    /// <summary>The same of the wallet's routes (/sapi), which are counted apart.</summary>
    public const string WalletWeight = "wallet_weight";

    /// <summary>A call that arrives later than so long after its date is not carried out.</summary>
    public const string ReceiveWindowMilliseconds = "5000";

    /// <summary>The name of a futures account's stream. It is told for the key alone, and no parameter is taken.</summary>
    public const string ListenKey = "/fapi/v1/listenKey";

    private const int SpotWeight = 6000;
    private const string UsedHeader = "X-MBX-USED-WEIGHT-1M";
    private const string WalletUsedHeader = "X-SAPI-USED-IP-WEIGHT-1M";
    private const string InvalidTimestamp = "-1021";

    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Weight, weightPerMinute, TimeSpan.FromMinutes(1)),
        new(WalletWeight, 12_000, TimeSpan.FromMinutes(1)),
    ];

    public VenueCall TimeCall { get; } = VenueCall.Get(timePath);

    public DateTimeOffset TimeOf(JsonElement answer) => ServerTimeOf(answer);

    public static DateTimeOffset ServerTimeOf(JsonElement answer) =>
        DateTimeOffset.FromUnixTimeMilliseconds(answer.GetProperty("serverTime").GetInt64());

    public HttpRequestMessage Request(Uri root, VenueCall call) => Request(root, call, call.Query);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var request = Request(root, call, call.Path is ListenKey ? call.Query : SignedQuery(call, credentials, at));
        request.Headers.Add("X-MBX-APIKEY", credentials.ApiKey);
        return request;
    }

    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => (int)status is >= 200 and < 300
        ? new VenueAnswer<JsonElement>.Answered(body)
        : Complaint(body.GetProperty("code").GetInt32(), body.GetProperty("msg").GetString() ?? string.Empty);

    public LimitReading? ReadingOf(VenueCall call, HttpResponseHeaders headers)
    {
        var header = call.Limit is WalletWeight ? WalletUsedHeader : UsedHeader;
        return headers.TryGetValues(header, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var used)
                ? new(call.Limit ?? Weight, used)
                : null;
    }

    public bool IsAboutTime(string code) => string.Equals(code, InvalidTimestamp, StringComparison.Ordinal);

    private static string SignedQuery(VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var payload = VenueCall.Encode([
            .. call.Parameters,
            ("recvWindow", ReceiveWindowMilliseconds),
            ("timestamp", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ]);
        return $"{payload}&signature={credentials.Sign(payload)}";
    }

    private static HttpRequestMessage Request(Uri root, VenueCall call, string payload)
    {
        // In the body the signature shows up in no access log, and a body once begun is not sent again by the runtime
        // when a pooled connection turns out to be dead: that would be a second order.
        var inBody = call.Method == HttpMethod.Post;
        var request = new HttpRequestMessage(
            call.Method, new Uri(root, inBody || payload.Length == 0 ? call.Path : $"{call.Path}?{payload}"));
        if (inBody)
            request.Content = new StringContent(payload, Encoding.ASCII, "application/x-www-form-urlencoded");
        return request;
    }

    private static VenueAnswer<JsonElement> Complaint(int code, string message)
    {
        var raw = string.Create(CultureInfo.InvariantCulture, $"{code} {message}");
        return (code, message) switch
        {
            (-1000 or -1001 or -1006 or -1007 or -1008 or -1016, _) =>
                new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, raw),
            (-1003 or -1015, _) => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, raw),
            (-2010, "Duplicate order sent.") => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Duplicate, raw),
            (-2013, _) or (-2011, "Unknown order sent.") => new VenueAnswer<JsonElement>.NotFound(message),
            _ => new VenueAnswer<JsonElement>.Refused(code.ToString(CultureInfo.InvariantCulture), message, raw),
        };
    }
}
