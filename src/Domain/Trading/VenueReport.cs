using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>The order as the venue describes it, from a reply, the user stream or a query alike.</summary>
/// <param name="State">FIX 39 as far as the venue's own rules need it.</param>
/// <param name="CumulativeQuantity">FIX 14: above the sum of known fills, some are missing and must be fetched.</param>
/// <param name="Fills">Those fills that this report carries; seldom all.</param>
/// <param name="Reason">Why it ended, in the venue's words; null where it says nothing.</param>
public sealed record VenueReport(
    VenueOrderId VenueOrderId, VenueOrderState State, Quantity CumulativeQuantity, IReadOnlyList<Fill> Fills,
    DateTimeOffset TransactTime, ReportSource Source, string? Reason = null);

/// <summary>Where an order stands at the venue.</summary>
public enum VenueOrderState { New, PartiallyFilled, Filled, Canceled, Rejected, Expired }

/// <summary>What came of handing an order, or a cancel, to a venue. Closed: a forgotten case does not compile.</summary>
public abstract record VenueReply
{
    private VenueReply() { }

    public abstract TResult Match<TResult>(
        Func<Reported, TResult> reported, Func<Refused, TResult> refused, Func<Unknown, TResult> unknown,
        Func<Absent, TResult> absent);

    /// <summary>The venue knows the order and said how it stands.</summary>
    public sealed record Reported(VenueReport Report) : VenueReply
    {
        public override TResult Match<TResult>(
            Func<Reported, TResult> reported, Func<Refused, TResult> refused, Func<Unknown, TResult> unknown,
            Func<Absent, TResult> absent) => reported(this);
    }

    /// <summary>The venue's explicit word that the request had no effect.</summary>
    public sealed record Refused(string Code, string Reason) : VenueReply
    {
        public override TResult Match<TResult>(
            Func<Reported, TResult> reported, Func<Refused, TResult> refused, Func<Unknown, TResult> unknown,
            Func<Absent, TResult> absent) => refused(this);
    }

    /// <summary>No answer that can be relied on: the request may or may not have had its effect.</summary>
    public sealed record Unknown(DoubtCause Cause, string Detail) : VenueReply
    {
        public override TResult Match<TResult>(
            Func<Reported, TResult> reported, Func<Refused, TResult> refused, Func<Unknown, TResult> unknown,
            Func<Absent, TResult> absent) => unknown(this);
    }

    /// <summary>The venue knows no order of that name.</summary>
    public sealed record Absent : VenueReply
    {
        public override TResult Match<TResult>(
            Func<Reported, TResult> reported, Func<Refused, TResult> refused, Func<Unknown, TResult> unknown,
            Func<Absent, TResult> absent) => absent(this);
    }
}
