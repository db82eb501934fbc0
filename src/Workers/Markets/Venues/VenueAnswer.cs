using Platform.Domain.Markets.Registry;

namespace Platform.Workers.Markets.Venues;

/// <summary>Why nobody can say what became of a call.</summary>
public enum UnknownCause
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The venue answered that it does not know either: HTTP 5xx, and codes such as Binance's -1006.</summary>
    ServerError,

    /// <summary>The connection broke or was never made.</summary>
    Disconnected,

    /// <summary>An answer came that does not say what was asked.</summary>
    Unreadable,

    /// <summary>HTTP 429 or 418, or held back here until the venue's back-off is over.</summary>
    Throttled,

    /// <summary>"Duplicate order sent.": an earlier attempt got through; ask by client order id what became of it.</summary>
    Duplicate,
}

/// <summary>
/// What a venue said to one call. Only <see cref="Refused"/> and <see cref="NotFound"/> are its explicit word;
/// <see cref="Unknown"/> may have had any effect and is settled by asking, never by repeating.
/// </summary>
public abstract record VenueAnswer<T>
{
    private VenueAnswer() { }

    public abstract TResult Match<TResult>(
        Func<T, TResult> answered, Func<Refused, TResult> refused,
        Func<NotFound, TResult> notFound, Func<Unknown, TResult> unknown);

    public VenueAnswer<TOther> Map<TOther>(Func<T, TOther> map) => Match<VenueAnswer<TOther>>(
        value => new VenueAnswer<TOther>.Answered(map(value)),
        refused => new VenueAnswer<TOther>.Refused(refused.Code, refused.Message, refused.Raw),
        notFound => new VenueAnswer<TOther>.NotFound(notFound.Message),
        unknown => new VenueAnswer<TOther>.Unknown(unknown.Cause, unknown.Detail));

    public sealed record Answered(T Value) : VenueAnswer<T>
    {
        public override TResult Match<TResult>(
            Func<T, TResult> answered, Func<Refused, TResult> refused,
            Func<NotFound, TResult> notFound, Func<Unknown, TResult> unknown) => answered(Value);
    }

    /// <summary>The venue's explicit word that nothing happened.</summary>
    /// <param name="Code">
    /// The venue's own, for example -2010. Where it was never asked: empty, or <see cref="VenueKill.Code"/> where people stopped that.
    /// </param>
    /// <param name="Raw">The venue's own words, unedited; they never hold what was signed.</param>
    public sealed record Refused(string Code, string Message, string Raw) : VenueAnswer<T>
    {
        public override TResult Match<TResult>(
            Func<T, TResult> answered, Func<Refused, TResult> refused,
            Func<NotFound, TResult> notFound, Func<Unknown, TResult> unknown) => refused(this);
    }

    /// <summary>The venue knows no such order or thing: on Binance -2013, or -2011 "Unknown order sent." on a cancel.</summary>
    public sealed record NotFound(string Message) : VenueAnswer<T>
    {
        public override TResult Match<TResult>(
            Func<T, TResult> answered, Func<Refused, TResult> refused,
            Func<NotFound, TResult> notFound, Func<Unknown, TResult> unknown) => notFound(this);
    }

    public sealed record Unknown(UnknownCause Cause, string Detail) : VenueAnswer<T>
    {
        public override TResult Match<TResult>(
            Func<T, TResult> answered, Func<Refused, TResult> refused,
            Func<NotFound, TResult> notFound, Func<Unknown, TResult> unknown) => unknown(this);
    }
}
