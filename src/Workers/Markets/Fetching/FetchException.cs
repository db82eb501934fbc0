namespace Platform.Workers.Markets.Fetching;

/// <summary>Why there is no answer, or none that can be used. Stored and shown by these names.</summary>
public enum FetchFault
{
    /// <summary>Asked too often: HTTP 429 or 418, or our own budget is used up.</summary>
    Throttled = 0,

    /// <summary>HTTP 5xx, or the source's own word for it.</summary>
    ServerError,

    /// <summary>No connection, or it broke before the answer was whole.</summary>
    Disconnected,

    Timeout,

    /// <summary>HTTP 4xx, or the source's own word for it.</summary>
    Refused,

    /// <summary>It is not what was asked for; the answer is kept for a better parser.</summary>
    Unreadable,

    /// <summary>More than is taken in.</summary>
    TooLarge,

    /// <summary>It takes a key, and the vault has none, or is sealed.</summary>
    NoKey,

    /// <summary>The fetcher itself did what it must not: a mistake of ours.</summary>
    Broken,

    /// <summary>People of the platform stopped the source's data.</summary>
    Stopped,
}

/// <summary>A source did not say what was asked.</summary>
/// <param name="detail">For operators; never holds a key or an address with one.</param>
/// <param name="notBefore">When the source lets us ask again; null where it did not say.</param>
public sealed class FetchException(FetchFault fault, string detail, DateTimeOffset? notBefore = null, Exception? cause = null)
    : Exception(detail, cause)
{
    public FetchFault Fault { get; } = fault;

    public DateTimeOffset? NotBefore { get; } = notBefore;

    /// <summary>Whether the source's other answers would be the same.</summary>
    public bool ConcernsAll => Fault is FetchFault.Throttled or FetchFault.NoKey or FetchFault.Disconnected or FetchFault.Stopped;
}
