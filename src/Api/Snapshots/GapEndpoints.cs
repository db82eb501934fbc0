using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Snapshots;
using Platform.Projections.Snapshots;

namespace Platform.Api.Snapshots;

/// <summary>What is missing of the series, and what became of it, without signing in: whoever reads numbers may know what they lack.</summary>
public static class GapEndpoints
{
    // Of more than this the older ones are history.
    private const int Latest = 5_000;

    private static readonly ListOf<GapResponse> Gaps = new("gaps", "gapId", "-to",
    [
        Field<GapResponse>.Uuid("gapId", gap => gap.GapId),
        Field<GapResponse>.Text("series", gap => gap.Series) with { IsSortable = true },
        Field<GapResponse>.Text("bin", gap => gap.Bin) with { IsSortable = true, IsSearched = true },
        Field<GapResponse>.Time("from", gap => gap.From) with { IsSortable = true },
        Field<GapResponse>.Time("to", gap => gap.To) with { IsSortable = true },
        Field<GapResponse>.Text("cause", gap => gap.Cause),
        Field<GapResponse>.Text("evidence", gap => gap.Evidence) with { IsNullable = true },
        Field<GapResponse>.Word<GapState>("state", gap => gap.State) with { IsSortable = true },
        Field<GapResponse>.Boolean("isOpen", gap => gap.IsOpen),
        Field<GapResponse>.Whole("tries", gap => gap.Tries),
        Field<GapResponse>.Text("healedBy", gap => gap.HealedBy) with { IsNullable = true },
        Field<GapResponse>.Text("reason", gap => gap.Reason) with { IsNullable = true },
        Field<GapResponse>.Time("openedAt", gap => gap.OpenedAt) with { IsSortable = true },
        Field<GapResponse>.Time("closedAt", gap => gap.ClosedAt) with { IsNullable = true },
    ]);

    extension(IEndpointRouteBuilder routes)
    {
        public void MapGaps() => routes.MapGet("/v1/gaps", ListAsync).WithTags("Markets").Requires(OpenPermissions.ReadMarkets)
            .WithSummary("Gaps of the series: the latest 5,000").Lists(Gaps);
    }

    private static async Task<ListAnswer<GapResponse>> ListAsync(ListQuery asked, GapRows gaps, CancellationToken cancellationToken) =>
        new(Gaps, asked, new MemorySource<GapResponse>(
            [.. (await gaps.LatestAsync(Latest, cancellationToken)).Select(GapResponse.Of)]));
}

/// <summary>A stretch of a series of which something is missing.</summary>
/// <param name="Bin">Of what: for market.bars, <c>venue/market</c>.</param>
/// <param name="Cause">What told: disconnect, hole, trade_ids, book_desync, silence, clock, trades_missed.</param>
/// <param name="Evidence">What was seen, such as the ids that are missing; null when the cause says it all.</param>
/// <param name="HealedBy">The source that closed it; null while it is open, or when it was given up.</param>
/// <param name="Reason">Why it is still open, or what was seen beside it; null when there is nothing to say.</param>
public sealed record GapResponse(
    Guid GapId, string Series, string Bin, DateTimeOffset From, DateTimeOffset To, string Cause, string? Evidence, GapState State, bool IsOpen, int Tries,
    string? HealedBy, string? Reason, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    public static GapResponse Of(Gap gap) => new(
        gap.Id, gap.Series, gap.Bin, gap.From, gap.To, gap.Cause, gap.Evidence, gap.State, gap.IsOpen, gap.Tries, gap.HealedBy, gap.Reason, gap.OpenedAt,
        gap.ClosedAt);
}
