using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues;

/// <summary>What one venue does in its own way in a REST exchange; <see cref="VenueTransport"/> does the rest for all.</summary>
internal interface IVenueProtocol
{
    /// <summary>What the venue allows; the first one is what calls cost that name none.</summary>
    IReadOnlyList<VenueLimit> Limits { get; }

    /// <summary>Asks the venue's time, by which signed calls are dated; null: ours will do.</summary>
    VenueCall? TimeCall => null;

    /// <exception cref="JsonException">The answer to <see cref="TimeCall"/> holds no time.</exception>
    DateTimeOffset TimeOf(JsonElement answer) => throw new JsonException("The venue does not tell its time.");

    /// <summary>A call that needs no signature.</summary>
    HttpRequestMessage Request(Uri root, VenueCall call);

    /// <summary>The same with what proves that it is ours, in headers or in the body: what is signed must not be in a log.</summary>
    /// <param name="at">The venue's time as far as known.</param>
    HttpRequestMessage Signed(Uri root, VenueCall call, VenueCredentials credentials, DateTimeOffset at);

    /// <summary>
    /// What an answer below HTTP 500, other than 429 and 418, says: the payload without its wrapping, or the venue's explicit
    /// word that nothing happened. All else is doubt.
    /// </summary>
    VenueAnswer<JsonElement> Verdict(HttpStatusCode status, JsonElement body);

    /// <summary>What the venue says of its own count; null: nothing.</summary>
    LimitReading? ReadingOf(VenueCall call, HttpResponseHeaders headers) => null;

    /// <summary>Whether the venue refused because of our clock.</summary>
    bool IsAboutTime(string code) => false;
}
