using System.Text;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>
/// What a token's signature covers without carrying it: whoever verifies names it from what it sees, and a token that was made
/// for something else is then as bad as a forged one.
/// </summary>
internal static class TokenAssertions
{
    public static byte[] Outer(string issuer) => Of("outer", issuer);

    public static byte[] Inner(string issuer, string thumbprint) => Of("inner", issuer, thumbprint);

    public static byte[] Danger(string issuer, SessionId session, DangerBinding bound) => Of(
        "danger", issuer, bound.Operation, bound.Resource, bound.Pool?.ToString() ?? "", bound.PayloadDigest, session.ToString());

    private static byte[] Of(params ReadOnlySpan<string> parts)
    {
        var bytes = new byte[parts.Length][];
        for (var i = 0; i < parts.Length; i++)
            bytes[i] = Encoding.UTF8.GetBytes(parts[i]);
        return PreAuthentication.Encode(bytes);
    }
}
