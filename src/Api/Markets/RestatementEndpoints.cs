using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Markets;

namespace Platform.Api.Markets;

/// <summary>What venues told of a bar otherwise than before, without signing in.</summary>
public static class RestatementEndpoints
{
    // Of more than this the older ones are history.
    private const int Latest = 5_000;

    private static readonly ListOf<RestatementResponse> Restatements = new("restatements", "restatementId", "-seenAt",
    [
        Field<RestatementResponse>.Text("restatementId", restated => restated.RestatementId),
        Field<RestatementResponse>.Text("venue", restated => restated.Venue.Value) with { IsSortable = true, IsSearched = true },
        Field<RestatementResponse>.Word<BarLevel>("level", restated => restated.Level),
        Field<RestatementResponse>.Time("start", restated => restated.Start) with { IsSortable = true },
        Field<RestatementResponse>.Nested("kept", restated => restated.Kept.ToString()),
        Field<RestatementResponse>.Nested("told", restated => restated.Told.ToString()),
        Field<RestatementResponse>.Time("seenAt", restated => restated.SeenAt) with { IsSortable = true },
    ]);

    extension(RouteGroupBuilder markets)
    {
        public void MapRestatements() => markets.MapGet("/{market}/restatements", ListAsync)
            .WithSummary("Bars that a venue told again and otherwise, with what was known and stays: the latest 5,000")
            .Refuses(StatusCodes.Status404NotFound, "unknown_market").Lists(Restatements);
    }

    private static async Task<Results<ListAnswer<RestatementResponse>, ProblemHttpResult>> ListAsync(
        string market, ListQuery asked, Restatements restatements, CancellationToken cancellationToken) =>
        MarketKey.TryFrom(market, out var key) && await restatements.LatestAsync(key, Latest, cancellationToken) is { } latest
            ? new ListAnswer<RestatementResponse>(Restatements, asked, new MemorySource<RestatementResponse>([.. latest.Select(RestatementResponse.Of)]))
            : MarketProblems.UnknownMarket(market);
}

/// <summary>A bar that its venue told again and otherwise.</summary>
/// <param name="Venue">Whose bar it is, and who told it both times: nobody else is asked.</param>
/// <param name="Kept">What was known, and counts still: made of trades as they came, or told first.</param>
/// <param name="Told">What the venue said when it was asked for its bars again.</param>
/// <param name="SeenAt">When it was asked.</param>
public sealed record RestatementResponse(
    string RestatementId, VenueId Venue, BarLevel Level, DateTimeOffset Start, RestatedBar Kept, RestatedBar Told, DateTimeOffset SeenAt)
{
    public static RestatementResponse Of((VenueId Venue, VenueRestated Restated) of)
    {
        var (_, level, kept, told, seenAt) = of.Restated;
        // The same bar is asked for again and told otherwise once more at another time.
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{of.Venue}-{level}-{told.Start.ToUnixTimeSeconds()}-{seenAt.UtcTicks}"),
            of.Venue, level, told.Start, RestatedBar.Of(kept), RestatedBar.Of(told), seenAt);
    }
}

/// <param name="Volume">In base units.</param>
public sealed record RestatedBar(Price Open, Price High, Price Low, Price Close, Quantity Volume)
{
    /// <param name="bar">With prices, as all that is restated.</param>
    public static RestatedBar Of(Bar bar)
    {
        var prices = bar.Prices!.Value;
        return new(prices.Open, prices.High, prices.Low, prices.Close, bar.Volume);
    }
}
