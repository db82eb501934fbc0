using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>
/// Orders by WebSocket version 2 (docs.kraken.com, 2026-07). What proves that a call is ours is a token, which REST gives out: it lives
/// for 15 minutes, and is taken for 10.
/// </summary>
/// <param name="transport">Asks for the token.</param>
internal sealed class KrakenCallProtocol(VenueLink link, VenueTransport transport) : ICallProtocol
{
    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(10);

    private Token? token;

    public Uri Address { get; } = KrakenToken.AddressAt(link.PrivateStream);

    /// <summary>A new key needs a new token.</summary>
    public bool IsReady => Volatile.Read(ref token) is { } known && link.Time.GetElapsedTime(known.At) < TakenFor
        && string.Equals(known.Print, PrintNow, StringComparison.Ordinal);

    private string? PrintNow => link.Access.Use(credentials => credentials.Print);

    public async Task<bool> GetReadyAsync(CancellationToken cancellationToken)
    {
        var (print, at) = (PrintNow, link.Time.GetTimestamp());
        if (await KrakenToken.AskAsync(transport, cancellationToken) is not VenueAnswer<string>.Answered { Value: var text })
            return false;
        Volatile.Write(ref token, new(text, print, at));
        return IsReady;
    }

    public bool Takes(VenueCall call) => call.Spoken is not null;

    public string Write(VenueCall call, string id, VenueCredentials credentials, DateTimeOffset at)
    {
        var parameters = (JsonObject)call.Spoken!.Parameters.DeepClone();
        parameters["token"] = Volatile.Read(ref token)?.Text;
        return new JsonObject
        {
            ["method"] = call.Spoken.Method,
            ["params"] = parameters,
            ["req_id"] = long.Parse(id, CultureInfo.InvariantCulture),
        }.ToJsonString();
    }

    public string? IdOf(JsonElement message) =>
        message.TryGetProperty("req_id", out var id) && id.ValueKind is JsonValueKind.Number ? id.GetRawText() : null;

    public CarriedAnswer Read(JsonElement message)
    {
        if (message.GetProperty("success").GetBoolean())
            return Carried(new() { ["error"] = new JsonArray(), ["result"] = JsonObject.Create(message.GetProperty("result")) });

        var error = message.Text("error");
        if (!error.Contains("Invalid session", StringComparison.Ordinal))
            return Carried(new() { ["error"] = new JsonArray(error) });

        // The token ended before its time: no word on the order itself.
        Volatile.Write(ref token, null);
        return new(HttpStatusCode.ServiceUnavailable, [], RetryIn: null, Counted: null);
    }

    private static CarriedAnswer Carried(JsonObject body) =>
        new(HttpStatusCode.OK, JsonSerializer.SerializeToUtf8Bytes(body), RetryIn: null, Counted: null);

    /// <param name="Print">Of the key that it was given to; null: there was none.</param>
    private sealed record Token(string Text, string? Print, long At)
    {
        public override string ToString() => "(token)";
    }
}
