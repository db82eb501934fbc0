using System.ComponentModel.DataAnnotations;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Markets.History;

/// <summary>
/// For how long rows are kept, at the least: they go with the partition that they are in (a day, a month, a year). Days and all that is
/// longer are kept for good. The section <c>Platform:Retention</c>.
/// </summary>
public sealed class RetentionOptions : IValidatableObject
{
    public const string Section = "Platform:Retention";

    private const string Most = "36500.00:00:00";

    /// <summary>Seconds of trades, and bars of a second.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan Seconds { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bars of a minute. Holes of the last eight days are still healed.</summary>
    [Range(typeof(TimeSpan), "9.00:00:00", Most)]
    public TimeSpan Minutes { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Bars of five minutes, and of whatever is made of them: 15, 30.</summary>
    [Range(typeof(TimeSpan), "9.00:00:00", Most)]
    public TimeSpan FiveMinutes { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Bars of an hour, and of whatever is made of them: two, four, twelve.</summary>
    [Range(typeof(TimeSpan), "32.00:00:00", Most)]
    public TimeSpan Hours { get; set; } = TimeSpan.FromDays(3 * 365);

    /// <summary>What stood behind the prices, every five minutes.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan Samples { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Single trades.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan Trades { get; set; } = TimeSpan.FromDays(7);

    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan Books { get; set; } = TimeSpan.FromDays(7);

    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan QuoteBars { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Hourly samples of all series; the daily ones stay.</summary>
    [Range(typeof(TimeSpan), "32.00:00:00", Most)]
    public TimeSpan HourlySamples { get; set; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Every table that is cut by time, and how long its rows are kept; null: for good.</summary>
    public IEnumerable<(PartitionedTable Table, TimeSpan? Keep)> Rules =>
    [
        (TradeSeconds.Table, Seconds),
        (MarketTables.Candles(BarLevel.Second)!, Seconds),
        (MarketTables.Candles(BarLevel.Minute)!, Minutes),
        (MarketTables.Candles(BarLevel.FiveMinutes)!, FiveMinutes),
        (MarketTables.Candles(BarLevel.Hour)!, Hours),
        (IndexSamples.Markets, Samples),
        (IndexSamples.Venues, Samples),
        (MarketTables.Trades, Trades),
        (MarketTables.Books, Books),
        (MarketTables.QuoteBars, QuoteBars),
        (SeriesTables.Of(Every.Hour), HourlySamples),
        (SeriesTables.Of(Every.Day), null),
    ];

    /// <summary>The shortest bars of that age that venues tell and that are kept still.</summary>
    public BarLevel ShortestOf(TimeSpan age)
    {
        if (age <= Minutes)
            return BarLevel.Minute;
        return age <= Hours ? BarLevel.Hour : BarLevel.Day;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A chart that is zoomed out would otherwise end before the one that is zoomed in.
        if (Seconds > Minutes || Minutes > FiveMinutes || FiveMinutes > Hours)
            yield return new("Longer bars are kept at least as long as shorter ones.", [nameof(Minutes), nameof(FiveMinutes), nameof(Hours)]);
    }
}
