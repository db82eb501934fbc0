using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>How Kraken's derivatives API takes and answers a call (docs.kraken.com, derivatives introduction, 2026-07).</summary>
internal sealed class KrakenFuturesProtocol : IVenueProtocol
{
    /// <summary>Public calls; the venue tells no number, and this is far from what makes it complain.</summary>
    public const string Public = "public";

    /// <summary>The history API: 100 each ten minutes.</summary>
    public const string History = "history";

    /// <summary>500 tokens each ten seconds, of which a question takes two.</summary>
    public const string Private = "private";

    private const string Root = "/derivatives";

    public IReadOnlyList<VenueLimit> Limits { get; } =
    [
        new(Public, 50, TimeSpan.FromSeconds(10)),
        new(History, 50, TimeSpan.FromMinutes(10)),
        new(Private, 250, TimeSpan.FromSeconds(10), LimitScope.Key),
    ];

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    /// <summary>Signed are the digest of query and path, the path without its first part. The nonce may be left out, and is.</summary>
    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var request = call.To(root);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(call.Query + call.Path[Root.Length..]));
        request.Headers.Add("APIKey", credentials.ApiKey);
        request.Headers.Add("Authent", KrakenSignature.Of(digest, credentials));
        return request;
    }

    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body)
    {
        if ((int)status is >= 200 and < 300 && !body.Is("result", "error"))
            return new VenueAnswer<JsonElement>.Answered(body);

        var code = body.TextOrNone("error");
        return code switch
        {
            null => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Unreadable, $"HTTP {(int)status}"),
            "apiLimitExceeded" => new VenueAnswer<JsonElement>.Unknown(UnknownCause.Throttled, code),
            "Unavailable" or "Server Error" or "unknownError" =>
                new VenueAnswer<JsonElement>.Unknown(UnknownCause.ServerError, code),
            "notFound" or "contractNotFound" => new VenueAnswer<JsonElement>.NotFound(code),
            _ => new VenueAnswer<JsonElement>.Refused(code, code, code),
        };
    }
}
