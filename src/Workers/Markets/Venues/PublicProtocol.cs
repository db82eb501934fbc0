using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues;

/// <summary>How a venue is asked of which only public questions are asked: plain requests, nothing is signed.</summary>
/// <param name="verdict">What an answer below HTTP 500, other than 429 and 418, says.</param>
internal sealed class PublicProtocol(
    IReadOnlyList<VenueLimit> limits, Func<HttpStatusCode, JsonElement, VenueAnswer<JsonElement>> verdict) : IVenueProtocol
{
    /// <summary>The headers by which the venue tells what is left of a limit; null where it tells nothing.</summary>
    public (string Allowed, string Left)? Counts { get; init; }

    public IReadOnlyList<VenueLimit> Limits => limits;

    public HttpRequestMessage Request(Uri root, VenueCall call) => call.To(root);

    public HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at) =>
        throw new UnreachableException("Nothing is signed for this venue.");

    public VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body) => verdict(status, body);

    public LimitReading? ReadingOf(VenueCall call, HttpResponseHeaders headers) =>
        Counts is var (allowed, left) && NumberOf(headers, allowed) is { } limit && NumberOf(headers, left) is { } rest
            ? new(call.Limit ?? limits[0].Name, Math.Max(0, limit - rest), limit)
            : null;

    private static int? NumberOf(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
