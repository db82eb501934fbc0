namespace Platform.Domain.Identity;

/// <summary>What becomes of a token that wants to be renewed.</summary>
public enum Renewal
{
    /// <summary>It is the latest: the next one is issued.</summary>
    Advance,

    /// <summary>The one before, renewed a moment ago: its answer was lost, or two windows asked at once. The latest is issued again.</summary>
    Repeat,

    /// <summary>Another took its place.</summary>
    Superseded,

    /// <summary>Two hold what one was given (RFC 9700 4.14.2): the session has to end.</summary>
    Reused,
}

/// <summary>Renewal is a compare-and-set on the generation; who is too far behind gives itself away.</summary>
public static class RenewalRules
{
    private static readonly TimeSpan RepeatMax = TimeSpan.FromSeconds(60);

    /// <param name="presented">The generation of the token that was brought.</param>
    /// <param name="latest">The generation that was issued last.</param>
    public static Renewal Decide(int presented, int latest, DateTimeOffset renewedAt, DateTimeOffset now) => (latest - presented) switch
    {
        0 => Renewal.Advance,
        1 => now - renewedAt <= RepeatMax ? Renewal.Repeat : Renewal.Superseded,
        > 1 => Renewal.Reused,
        // The store was set back behind it.
        _ => Renewal.Superseded,
    };
}
