using System.Globalization;
using System.Net;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>How Coinbase takes and answers a call (Advanced Trade and Coinbase App APIs, key authentication, 2026-07).</summary>
internal sealed class CoinbaseProtocol : IVenueProtocol
{
    /// <summary>What anybody may ask.</summary>
    public const string Public = "public";

    /// <summary>What is asked with a key of Advanced Trade.</summary>
    public const string Private = "private";

    /// <summary>What is asked of the wallets behind it.</summary>
    public const string Wallet = "wallet";

    // The venue allows an address 10 and a key 30 in a sliding second, and 10,000 an hour to the wallets.
    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Public, 10, TimeSpan.FromSeconds(2)),
        new(Private, 30, TimeSpan.FromSeconds(2), LimitScope.Key),
        new(Wallet, 5_000, TimeSpan.FromHours(1), LimitScope.Key),
    ];

    public VenueCall TimeCall { get; } = VenueCall.Get("/api/v3/brokerage/time");

    public DateTimeOffset TimeOf(JsonElement answer) => answer.Milliseconds("epochMillis");

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var request = Request(root, call);
        request.Headers.Authorization = new(
            "Bearer", CoinbaseToken.Of(credentials, $"{call.Method} {root.Authority}{call.Path}", at));
        return request;
    }

    /// <summary>An error is told by the status, or inside a successful answer by <c>success: false</c>.</summary>
    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body)
    {
        if ((int)status is >= 200 and < 300)
            return RefusedPartOf(body) is { } refused ? RefusalOf(refused) : new VenueAnswer<JsonElement>.Answered(body);
        return status is HttpStatusCode.NotFound
            ? new VenueAnswer<JsonElement>.NotFound(body.TextOrNone("message") ?? "Not found.")
            : RefusalOf(body, ((int)status).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The venue answers 401 to whatever it does not like about a token; a wrong clock is one of the reasons.</summary>
    public bool IsAboutTime(string code) => code is "401";

    // Of a new order, or of the one order to cancel.
    private static JsonElement? RefusedPartOf(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return null;
        var part = body.TryGetProperty("results", out var results) && results.GetArrayLength() > 0 ? results[0] : body;
        if (!part.TryGetProperty("success", out var success) || success.ValueKind is not JsonValueKind.False)
            return null;
        return part.TryGetProperty("error_response", out var refused) ? refused : part;
    }

    private static VenueAnswer<JsonElement> RefusalOf(JsonElement body, string? status = null)
    {
        // The wallets list their complaints.
        if (body.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array && errors.GetArrayLength() > 0)
            return RefusalOf(errors[0].TextOrNone("id") ?? status, errors[0].TextOrNone("message"));

        var code = body.TextOrNone("error") ?? body.TextOrNone("failure_reason") ?? status;
        return RefusalOf(
            body.TextOrNone("preview_failure_reason") is { } preview && code is "UNKNOWN_FAILURE_REASON" ? preview : code,
            body.TextOrNone("error_details") ?? body.TextOrNone("message"));
    }

    private static VenueAnswer<JsonElement> RefusalOf(string? code, string? message) => code switch
    {
        null => throw new JsonException("A refusal without a reason."),
        "rate_limit_exceeded" or "RESOURCE_EXHAUSTED" =>
            new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, $"{code} {message}"),
        // It says no more than that something went wrong.
        "UNKNOWN_FAILURE_REASON" or "INTERNAL" or "internal_server_error" =>
            new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, $"{code} {message}"),
        "UNKNOWN_CANCEL_ORDER" or "not_found" or "NOT_FOUND" =>
            new VenueAnswer<JsonElement>.NotFound(message ?? code),
        _ => new VenueAnswer<JsonElement>.Refused(code, message ?? string.Empty, $"{code} {message}"),
    };
}
