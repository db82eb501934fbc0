using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Platform.PaperVenue.Persistence;

namespace Platform.PaperVenue.Protocol;

/// <summary>Tells who signed a request, or refuses it.</summary>
public sealed class Signatures(IEnumerable<ApiKey> keys)
{
    private const int UsualWindow = 5_000;
    private const int LongestWindow = 60_000;
    private const int ToleratedAhead = 1_000;

    private readonly FrozenDictionary<string, ApiKey> keys =
        keys.ToFrozenDictionary(key => key.Key, StringComparer.Ordinal);

    /// <summary>Answers the account that signed the payload, with a timestamp that is still good.</summary>
    /// <param name="payloads">The text as sent; the second form is for clients that encode before they sign.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <exception cref="RefusedException">The key, the time or the signature is not good.</exception>
    public long Verify(string? apiKey, Parameters parameters, ReadOnlySpan<string> payloads, long now)
    {
        var key = Find(apiKey);
        CheckTime(parameters, now);
        var signature = parameters.RequiredText("signature");
        foreach (var payload in payloads)
        {
            if (Matches(key, payload, signature))
                return key.AccountId;
        }
        throw new RefusedException(Refusals.BadSignature);
    }

    private ApiKey Find(string? apiKey)
    {
        if (string.IsNullOrEmpty(apiKey))
            throw new RefusedException(Refusals.BadKeyFormat);
        return keys.GetValueOrDefault(apiKey) ?? throw new RefusedException(Refusals.UnknownKey);
    }

    private static void CheckTime(Parameters parameters, long now)
    {
        var timestamp = parameters.Number("timestamp") ?? throw new RefusedException(Refusals.Missing("timestamp"));
        var window = parameters.Amount("recvWindow") ?? UsualWindow;
        if (window > LongestWindow)
            throw new RefusedException(Refusals.WindowTooLong);
        if (timestamp > now + ToleratedAhead)
            throw new RefusedException(Refusals.AheadOfServer);
        if (now - timestamp > window)
            throw new RefusedException(Refusals.OutsideWindow);
    }

    private static bool Matches(ApiKey key, string payload, string signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(payload), expected);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var status = Convert.FromHexString(signature, given, out _, out var written);
        return status == System.Buffers.OperationStatus.Done && written == given.Length
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
