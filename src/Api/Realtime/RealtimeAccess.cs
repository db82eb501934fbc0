using System.Globalization;
using System.Net;
using System.Security.Claims;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>Who a bearer token speaks for; null when it is not good, for whatever reason.</summary>
/// <param name="from">Where it came from; null when nobody knows.</param>
public delegate ClaimsPrincipal? VerifyToken(string token, IPAddress? from);

/// <summary>
/// Whether a caller may watch a topic. Asked at every watch, and again about what is watched when the caller
/// authenticates anew. An anonymous caller is a principal whose identity is not authenticated.
/// </summary>
public delegate ValueTask<TopicAccess> AuthorizeTopic(
    ClaimsPrincipal caller, Topic topic, CancellationToken cancellationToken);

/// <summary>The answer of <see cref="AuthorizeTopic"/>.</summary>
public enum TopicAccess
{
    /// <summary>Not for this caller, or not there at all: the client cannot tell which.</summary>
    Denied = 0,

    /// <summary>Everybody's; outlives the caller's token.</summary>
    Public,

    /// <summary>The caller's by right of the token; ends with it.</summary>
    Private,
}

/// <summary>How long a caller is who the token says.</summary>
internal static class CallerToken
{
    /// <summary>The claim <c>exp</c> (RFC 7519 4.1.4, seconds since 1970 UTC).</summary>
    private const string Claim = "exp";

    extension(ClaimsPrincipal caller)
    {
        /// <summary>A caller whose token tells no end has no private topics.</summary>
        public DateTimeOffset TokenEnd =>
            long.TryParse(caller.FindFirst(Claim)?.Value, CultureInfo.InvariantCulture, out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : DateTimeOffset.MinValue;
    }
}
