using System.ComponentModel.DataAnnotations;
using Platform.Domain.Markets;

namespace Platform.Workers.Trading;

/// <summary>How orders are carried to the venue and kept in step with it; the section <c>Platform:Trading</c>.</summary>
public sealed class TradingOptions
{
    public const string Section = "Platform:Trading";

    /// <summary>The platform's name for the venue; that of <c>Platform:Venue</c>.</summary>
    public VenueId VenueId { get; set; }

    /// <summary>
    /// How long after sending the venue may still take an order: its receive window (5 s), four until it left, and clocks apart. With less,
    /// one that is on its way could be taken for absent and be sent twice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:02:00")]
    public TimeSpan ReceiveWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An order that the venue proved never to have seen is not sent again after this long.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan SubmitPatience { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often open orders are compared with the venue's own list.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:10:00")]
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromSeconds(2);
}
