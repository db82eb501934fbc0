using System.Net;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Reads an answer so that "nothing happened" is concluded only from the venue's explicit word.</summary>
internal static class BinanceVerdict
{
    private const HttpStatusCode Banned = (HttpStatusCode)418;

    public static VenueAnswer<T> Of<T>(HttpStatusCode status, byte[] body)
    {
        if (status is HttpStatusCode.TooManyRequests or Banned)
            return Unknown<T>(UnknownCause.Throttled, $"HTTP {(int)status}");
        if ((int)status >= 500)
            return Unknown<T>(UnknownCause.ServerError, $"HTTP {(int)status}");

        try
        {
            return (int)status is >= 200 and < 300
                ? new VenueAnswer<T>.Answered(
                    JsonSerializer.Deserialize<T>(body, BinanceJson.Options) ?? throw new JsonException("null"))
                : Of<T>(JsonSerializer.Deserialize<BinanceError>(body, BinanceJson.Options)
                    ?? throw new JsonException("null"));
        }
        catch (JsonException error)
        {
            return Unknown<T>(UnknownCause.Unreadable, $"HTTP {(int)status}, {error.Path ?? "$"}: {error.Message}");
        }
    }

    public static VenueAnswer<T> Unknown<T>(UnknownCause cause, string detail) =>
        new VenueAnswer<T>.Unknown(cause, detail);

    // errors.md of the venue's documentation, 2026-07.
    private static VenueAnswer<T> Of<T>(BinanceError error) => error switch
    {
        { Code: -1000 or -1001 or -1006 or -1007 or -1008 or -1016 } =>
            Unknown<T>(UnknownCause.ServerError, error.ToString()),
        { Code: -1003 or -1015 } => Unknown<T>(UnknownCause.Throttled, error.ToString()),
        { Code: -2010, Msg: "Duplicate order sent." } => Unknown<T>(UnknownCause.Duplicate, error.ToString()),
        { Code: -2013 } or { Code: -2011, Msg: "Unknown order sent." } => new VenueAnswer<T>.NotFound(error.Msg),
        _ => new VenueAnswer<T>.Refused(error.Code, error.Msg, error.ToString()),
    };
}

internal sealed record BinanceError(int Code, string Msg)
{
    public override string ToString() => $"{Code} {Msg}";
}
