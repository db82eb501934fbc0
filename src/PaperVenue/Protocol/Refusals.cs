using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Ends a request with the venue's "no"; thrown by what reads requests, answered at their edge.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}

/// <summary>What Binance says to a request before an order comes of it.</summary>
public static class Refusals
{
    public static Refusal UnknownExecution { get; } = new(
        -1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", 504);

    public static Refusal Overloaded { get; } = new(
        -1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", 503);

    public static Refusal NotSupported { get; } = new(-1020, "This operation is not supported.", 404);

    public static Refusal OutsideWindow { get; } =
        new(-1021, "Timestamp for this request is outside of the recvWindow.");

    public static Refusal AheadOfServer { get; } =
        new(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    public static Refusal BadSignature { get; } = new(-1022, "Signature for this request is not valid.");

    public static Refusal DuplicateParameter { get; } = new(-1101, "Duplicate values for a parameter detected.");

    public static Refusal InvalidTimeInForce { get; } = new(-1115, "Invalid timeInForce.");

    public static Refusal InvalidOrderType { get; } = new(-1116, "Invalid orderType.");

    public static Refusal InvalidSide { get; } = new(-1117, "Invalid side.");

    public static Refusal InvalidInterval { get; } = new(-1120, "Invalid interval.");

    public static Refusal InvalidCombination { get; } =
        new(-1128, "Combination of optional parameters invalid.");

    public static Refusal WindowTooLong { get; } = new(-1131, "recvWindow must be less than 60000.");

    public static Refusal OrderDoesNotExist { get; } = new(-2013, "Order does not exist.");

    public static Refusal BadKeyFormat { get; } = new(-2014, "API-key format invalid.", 401);

    public static Refusal UnknownKey { get; } =
        new(-2015, "Invalid API-key, IP, or permissions for action.", 401);

    public static Refusal SessionNotAuthenticated { get; } =
        new(-2015, "Session is not authenticated; use userDataStream.subscribe.signature.", 401);

    /// <summary>As on Binance, only Ed25519 keys log a session on, and this venue has none.</summary>
    public static Refusal HmacCannotLogOn { get; } = new(-4056, "HMAC_SHA256 API key is not supported.");

    public static Refusal TooMuchWeight(int limit) => new(
        -1003,
        $"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
        + "Please use WebSocket Streams for live updates to avoid polling the API.",
        429);

    public static Refusal IllegalCharacters(string parameter, string legal) =>
        new(-1100, $"Illegal characters found in parameter '{parameter}'; legal range is '{legal}'.");

    public static Refusal Missing(string parameter) =>
        new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static Refusal MissingEither(string one, string other) =>
        new(-1102, $"Param '{one}' or '{other}' must be sent, but both were empty/null!");

    public static Refusal Empty(string parameter) => new(-1105, $"Parameter '{parameter}' was empty.");

    public static Refusal NotRequired(string parameter) =>
        new(-1106, $"Parameter '{parameter}' sent when not required.");

    public static Refusal TooPrecise(string parameter) =>
        new(-1111, $"Parameter '{parameter}' has too much precision.");

    public static Refusal NotValid(string parameter) =>
        new(-1130, $"Data sent for parameter '{parameter}' is not valid.");
}
