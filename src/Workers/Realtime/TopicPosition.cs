using System.Globalization;

namespace Platform.Workers.Realtime;

/// <summary>Where a reader stands in a topic.</summary>
/// <param name="Epoch">What <paramref name="Sequence"/> counts in; clients give it back as they got it.</param>
public sealed record TopicPosition(string Epoch, long Sequence);

/// <summary>
/// One incarnation of a topic. A snapshot may show changes that are published only after it was read; its reader's
/// epoch therefore names the newest position shown, <c>0199….512</c>, and holds good on any later connection.
/// </summary>
/// <param name="Name">Letters and digits.</param>
internal sealed record TopicEpoch(string Name)
{
    private const long NothingShown = long.MinValue;

    /// <summary>The epoch of whoever was shown a publisher's position; null: it is not known which.</summary>
    public string NameAfter(long? shownPosition) =>
        shownPosition is { } shown ? string.Create(CultureInfo.InvariantCulture, $"{Name}.{shown}") : Name;

    /// <summary>False when the epoch is another's.</summary>
    public bool TryRead(string text, out long shownPosition)
    {
        shownPosition = NothingShown;
        if (!text.StartsWith(Name, StringComparison.Ordinal))
            return false;

        var rest = text.AsSpan(Name.Length);
        return rest.IsEmpty
            || (rest[0] == '.'
                && long.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out shownPosition));
    }
}
