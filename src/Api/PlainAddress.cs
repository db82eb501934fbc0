using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Platform.Api;

/// <summary>The one spelling of each address (RFC 3986 6.2.2), of all that the server and the framework take for the same.</summary>
public static class PlainAddress
{
    // No address of ours has any of them, and some readers take them for a slash or the end of a segment.
    private static readonly SearchValues<char> Never = SearchValues.Create("\\;");

    /// <param name="target">As it came in the request's line.</param>
    public static bool IsPlain(string target)
    {
        var path = PathOf(target);
        return !path.ContainsAny(Never) && AreSegmentsPlain(path) && AreEscapesPlain(path);
    }

    /// <summary>The framework takes a route's own words in any case; who reads beside us may not.</summary>
    public static bool IsSpelledAs(RoutePattern route, PathString path)
    {
        var said = path.Value.AsSpan().TrimStart('/');
        var number = 0;
        foreach (var range in said.Split('/'))
        {
            if (number == route.PathSegments.Count)
                break;
            if (route.PathSegments[number++].Parts is [RoutePatternLiteralPart { Content: var word }] && !said[range].SequenceEqual(word))
                return false;
        }

        return true;
    }

    // A proxy sends the whole address (RFC 9112 3.2.2).
    private static ReadOnlySpan<char> PathOf(string target)
    {
        var start = target.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 ? target.IndexOf('/', scheme + 3) : 0;
        var address = start < 0 ? "/" : target.AsSpan(start);
        return address.IndexOf('?') is var end and >= 0 ? address[..end] : address;
    }

    private static bool AreSegmentsPlain(ReadOnlySpan<char> path) =>
        !path.Contains("//", StringComparison.Ordinal) && !path.Contains("./", StringComparison.Ordinal) && path is not [.., '.'];

    // What need not be escaped is not, and what would cut the address elsewhere never is.
    private static bool AreEscapesPlain(ReadOnlySpan<char> path)
    {
        for (var rest = path; rest.IndexOf('%') is var at and >= 0; rest = rest[(at + 3)..])
        {
            if (rest.Length < at + 3 || !byte.TryParse(rest.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                return false;
            if (char.IsAsciiLetterOrDigit((char)octet) || char.IsControl((char)octet) || "-._~/\\;%".Contains((char)octet, StringComparison.Ordinal))
                return false;
        }

        return !path.Contains('%') || Utf8.IsValid(WebUtility.UrlDecodeToBytes(Latin(path), 0, path.Length));
    }

    // The server lets no other letters in.
    private static byte[] Latin(ReadOnlySpan<char> path) => System.Text.Encoding.Latin1.GetBytes(path.ToArray());
}
