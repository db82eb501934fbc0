using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.History;

namespace Platform.Api.Markets;

using BarsAnswer = Results<Ok<BarsResponse>, ProblemHttpResult>;
using CoverageAnswer = Results<Ok<ItemsResponse<CoverageResponse>>, ProblemHttpResult>;

/// <summary>Bars of any timeframe and how much is known of them, without signing in.</summary>
public static class BarEndpoints
{
    private const int LimitMax = 1000;
    private const int LimitDefault = 300;
    private const int DaysMax = 366;

    extension(RouteGroupBuilder markets)
    {
        internal void MapBars()
        {
            markets.MapGet("/{market}/bars", BarsAsync)
                .WithSummary("Bars of a timeframe from 1s to 1M (a month), oldest first; holes are said, and filled only as asked")
                .Refuses(StatusCodes.Status404NotFound, "unknown_market")
                .Refuses(StatusCodes.Status503ServiceUnavailable, "venue_unavailable")
                .Refuses(
                    StatusCodes.Status400BadRequest, "invalid_timeframe", "invalid_limit", "invalid_fill", "invalid_time", "invalid_venue",
                    "invalid_cursor");
            markets.MapGet("/{market}/coverage", CoverageAsync)
                .WithSummary("How many minutes of each day are known, of those that have passed; the last 30 days unless a time is given")
                .Refuses(StatusCodes.Status404NotFound, "unknown_market")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_time", "invalid_venue");
        }
    }

    private static async Task<BarsAnswer> BarsAsync(
        string market, string? timeframe, string? from, string? to, string? venue, string? fill, string? limit, string? cursor,
        BarHistory history, ConnectedVenues venues, MarketCatalog catalog, CancellationToken cancellationToken)
    {
        if (!Timeframe.TryFrom(timeframe ?? "1m", out var length))
            return MarketProblems.InvalidTimeframe();
        if (!Enum.TryParse<BarFill>(fill ?? "none", ignoreCase: true, out var filled) || fill?.All(char.IsAsciiLetterLower) is false)
            return MarketProblems.InvalidFill();
        if (!int.TryParse(limit ?? $"{LimitDefault}", NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > LimitMax)
            return MarketProblems.InvalidLimit(LimitMax);
        if (!TryTime(from, out var first))
            return MarketProblems.InvalidTime("from");
        if (!TryTime(to, out var last))
            return MarketProblems.InvalidTime("to");
        if (last <= first)
            return MarketProblems.InvalidTime("from");
        if (!TryTime(cursor, out var next))
            return MarketProblems.InvalidCursor();
        if (!TryVenue(venue, venues, out var at))
            return MarketProblems.InvalidVenue();
        if (!MarketKey.TryFrom(market, out var key))
            return MarketProblems.UnknownMarket(market);

        var page = await history.ReadAsync(new(at, key, length, next ?? first, last, count, filled), cancellationToken);
        if (page is not null)
            return TypedResults.Ok(BarsResponse.Of(key, at, length, page));
        return venues.Find(at) is not null && catalog.InstrumentsOf(at) is null
            ? MarketProblems.VenueUnavailable()
            : MarketProblems.UnknownMarket(market);
    }

    private static async Task<CoverageAnswer> CoverageAsync(
        string market, string? from, string? to, string? venue, BarHistory history, ConnectedVenues venues, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!TryTime(from, out var first))
            return MarketProblems.InvalidTime("from");
        if (!TryTime(to, out var last))
            return MarketProblems.InvalidTime("to");
        if (!TryVenue(venue, venues, out var at))
            return MarketProblems.InvalidVenue();

        var end = last ?? time.GetUtcNow();
        var start = BarLevel.Day.StartOf(first ?? end.AddDays(-30));
        if (end <= start || end - start > TimeSpan.FromDays(DaysMax))
            return MarketProblems.InvalidTime("from");
        return MarketKey.TryFrom(market, out var key)
            && await history.CoverageAsync(at, key, start, end, cancellationToken) is { } days
            ? TypedResults.Ok(new ItemsResponse<CoverageResponse>([.. days.Select(CoverageResponse.Of)]))
            : MarketProblems.UnknownMarket(market);
    }

    // What no bar was ever of is no time either.
    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
            return true;

        time = FieldKind.Time.Parse(text) as DateTimeOffset? ?? DayOf(text);
        return time is { Year: >= 1970 and < 2100 };
    }

    private static DateTimeOffset? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(day, TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static bool TryVenue(string? text, ConnectedVenues venues, out VenueId venue)
    {
        venue = text is null ? venues.Home.Venue : VenueId.From(text);
        return text is null || (text.Length is > 0 and <= 20 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));
    }
}

/// <summary>One page of bars, oldest first.</summary>
/// <param name="Next">The cursor of the page behind this one; null on the last.</param>
/// <param name="UnwrittenFrom">
/// Bars from here on count trades that are in the journal of the node that answers and not in the database yet: safe from a crash of the
/// process, but unknown to other nodes. Null: none do.
/// </param>
/// <param name="PendingFrom">
/// From here on bars may lack trades that another node counted and writes with its next batch, within five minutes unless an operator set
/// it otherwise: ask again then. Null: none may.
/// </param>
public sealed record BarsResponse(
    MarketKey Market, VenueId Venue, string Timeframe, IReadOnlyList<BarResponse> Items, string? Next, DateTimeOffset? UnwrittenFrom,
    DateTimeOffset? PendingFrom)
{
    public static BarsResponse Of(MarketKey market, VenueId venue, Timeframe timeframe, BarPage page) => new(
        market, venue, timeframe.Code, [.. page.Bars.Select(BarResponse.Of)],
        page.Next?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), page.UnwrittenFrom, page.PendingFrom);
}

/// <summary>What traded in the interval that starts at <paramref name="Start"/>.</summary>
/// <param name="Open">Null, as the other prices, where nothing traded or nobody knows.</param>
/// <param name="Volume">In base units; null where nobody knows.</param>
/// <param name="QuoteVolume">Null where the source does not say.</param>
/// <param name="Trades">How many; null where the source does not say.</param>
/// <param name="IsFilled">It was made up for this answer, as <c>fill</c> asked.</param>
/// <param name="Revision">How often what it is made of was corrected.</param>
public sealed record BarResponse(
    DateTimeOffset Start, Price? Open, Price? High, Price? Low, Price? Close, Quantity? Volume, Notional? QuoteVolume, long? Trades,
    BarState State, bool IsFilled, int Revision)
{
    public static BarResponse Of(FilledBar filled)
    {
        var (bar, isFilled) = filled;
        return new(
            bar.Start, bar.Prices?.Open, bar.Prices?.High, bar.Prices?.Low, bar.Prices?.Close,
            bar.State is BarState.Missing && !isFilled ? null : bar.Volume, bar.QuoteVolume, bar.Trades, bar.State, isFilled, bar.Revision);
    }
}

/// <param name="Known">Minutes of the day that are stored, or proved to be empty.</param>
/// <param name="Passed">Minutes of the day that are over.</param>
/// <param name="Percent">The first of the second, to two places; null while none is over.</param>
public sealed record CoverageResponse(DateTimeOffset Day, int Known, int Passed, decimal? Percent)
{
    public static CoverageResponse Of((DateTimeOffset Day, int Known, int Passed) day) => new(
        day.Day, day.Known, day.Passed,
        day.Passed == 0 ? null : decimal.Round(100m * Math.Min(day.Known, day.Passed) / day.Passed, decimals: 2, MidpointRounding.ToEven));
}
