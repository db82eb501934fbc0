using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>
/// How Kraken's spot REST API takes and answers a call: everything is HTTP 200 with an error list (docs.kraken.com, REST
/// authentication and errors, 2026-07).
/// </summary>
internal sealed class KrakenProtocol : IVenueProtocol
{
    /// <summary>Public calls: about one in a second for an address.</summary>
    public const string Public = "public";

    /// <summary>A counter that decays: of 15 at most, a third each second; half of what 45 s bring back.</summary>
    public const string Private = "private";

    /// <summary>Orders are counted apart, by market; so many are never in the way.</summary>
    public const string Orders = "orders";

    private long lastNonce;

    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Public, 10, TimeSpan.FromSeconds(10)),
        new(Private, 10, TimeSpan.FromSeconds(30), LimitScope.Key),
        new(Orders, 60, TimeSpan.FromSeconds(10), LimitScope.Key),
    ];

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var nonce = NonceAt(at).ToString(CultureInfo.InvariantCulture);
        var body = VenueCall.Encode([("nonce", nonce), .. call.Parameters]);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, call.Path))
        {
            Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("API-Key", credentials.ApiKey);
        request.Headers.Add("API-Sign", SignatureOf(call.Path, nonce, body, credentials));
        return request;
    }

    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body)
    {
        if (body.GetProperty("error").EnumerateArray().Select(error => error.GetString()).FirstOrDefault(IsError) is { } error)
            return Complaint(error);
        return (int)status is >= 200 and < 300
            ? new VenueAnswer<JsonElement>.Answered(body.GetProperty("result"))
            : new VenueAnswer<JsonElement>.Unknown(UnknownCause.Unreadable, $"HTTP {(int)status}");
    }

    /// <summary>Signed are the path and the SHA-256 of nonce and body.</summary>
    /// <exception cref="FormatException">The secret is no Base64.</exception>
    internal static string SignatureOf(string path, string nonce, string body, VenueCredentials credentials)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(nonce + body));
        byte[] message = [.. Encoding.UTF8.GetBytes(path), .. digest];
        return KrakenSignature.Of(message, credentials);
    }

    // Rises with every call, whatever the clock does; microseconds, so that several processes seldom meet.
    private long NonceAt(DateTimeOffset at)
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastNonce);
            var next = Math.Max(last + 1, (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref lastNonce, next, last) == last)
                return next;
        }
    }

    // Warnings begin with W and say that it went well.
    private static bool IsError(string? text) => text is ['E', ..];

    private static VenueAnswer<JsonElement> Complaint(string error)
    {
        var code = error.Split(':') is [var category, var what, ..] ? $"{category}:{what}" : error;
        return code switch
        {
            "EAPI:Rate limit exceeded" or "EOrder:Rate limit exceeded" or "EGeneral:Too many requests" or "EService: Throttled"
                or "EGeneral:Temporary lockout" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, error),
            "EService:Unavailable" or "EService:Busy" or "EService:Timeout" or "EService:Deadline elapsed"
                or "EGeneral:Internal error" or "EAPI:Bad request" =>
                new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, error),
            "EOrder:Unknown order" or "EQuery:Unknown asset pair" or "EQuery:Unknown asset" =>
                new VenueAnswer<JsonElement>.NotFound(error),
            "EOrder:Duplicate clOrdId" or "EOrder:Duplicate cl_ord_id" =>
                new VenueAnswer<JsonElement>.Unknown(UnknownCause.Duplicate, error),
            _ => new VenueAnswer<JsonElement>.Refused(code, error, error),
        };
    }
}
