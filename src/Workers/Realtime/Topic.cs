using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Workers.Realtime;

/// <summary>What a client watches: a family and the one thing in it, written <c>ticker/BTC-USDT</c>.</summary>
public readonly record struct Topic(string Family, string Entity)
{
    /// <summary>Characters of the written form, the slash included.</summary>
    public const int LengthMax = 160;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@:+-");

    /// <summary>False for anything that is not two segments of <c>[A-Za-z0-9_.@:+-]</c> and one slash.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Topic topic)
    {
        topic = default;
        if (text is null || text.Length > LengthMax)
            return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == text.Length - 1)
            return false;

        topic = new(text[..slash], text[(slash + 1)..]);
        return !topic.Family.AsSpan().ContainsAnyExcept(Allowed) && !topic.Entity.AsSpan().ContainsAnyExcept(Allowed);
    }

    public override string ToString() => $"{Family}/{Entity}";
}
