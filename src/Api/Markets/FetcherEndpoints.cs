using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Workers.Markets.Fetching;

namespace Platform.Api.Markets;

/// <summary>A fetcher and how it fares; times are null until it first happened.</summary>
/// <param name="Fetcher">TYPE@SOURCE.</param>
/// <param name="Every">From one success to the next, in seconds, as all durations here.</param>
/// <param name="Age">Since the last success.</param>
/// <param name="NewestAt">The latest value date that it brought.</param>
/// <param name="Fault">Why it failed the last time; null after a success.</param>
/// <param name="Failures">In a row.</param>
/// <param name="Gaps">Times of which something is missing, when they were last counted.</param>
/// <param name="Rejected">What its last run could not keep as it was meant.</param>
/// <param name="CostUsd">Of all its calls.</param>
public sealed record FetcherResponse(
    string Fetcher, string Type, string Source, string Summary, string Address, string Licence, string? Attribution, bool NeedsKey,
    FetcherState State, long Every, long StaleAfter, long? Age, DateTimeOffset? SucceededAt, DateTimeOffset? DueAt, DateTimeOffset? NewestAt,
    DateTimeOffset? FailedAt, FetchFault? Fault, string? Detail, long Failures, long Gaps, long Rejected, long Facts, long Calls, decimal CostUsd)
{
    public static FetcherResponse Of(FetcherReport report)
    {
        var (terms, row) = (report.Terms, report.Row);
        return new(
            terms.Id.Value, terms.Id.Type, terms.Id.Source, terms.Summary, terms.Address, terms.Licence.Name, terms.Licence.Attribution,
            terms.NeedsKey, report.State, Seconds(terms.Schedule.Interval), Seconds(terms.StaleAfter),
            report.Age is { } age ? Seconds(age) : null, row?.SucceededAt, row?.DueAt, row?.NewestAt, row?.FailedAt,
            row?.Fault is { } fault ? Enum.Parse<FetchFault>(fault) : null, row?.Detail, row?.Failures ?? 0, row?.Gaps ?? 0,
            row?.Rejected ?? 0, row?.Facts ?? 0, row?.Calls ?? 0, row?.Cost ?? 0);
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;
}

/// <summary>What staff sees of what is fetched.</summary>
public static class FetcherEndpoints
{
    /// <summary>In memory: there are some hundred.</summary>
    public static ListOf<FetcherResponse> List { get; } = new("fetchers", "fetcher", "fetcher",
    [
        Field<FetcherResponse>.Text("fetcher", fetcher => fetcher.Fetcher) with { IsSortable = true, IsSearched = true },
        Field<FetcherResponse>.Text("type", fetcher => fetcher.Type),
        Field<FetcherResponse>.Text("source", fetcher => fetcher.Source),
        Field<FetcherResponse>.Text("summary", fetcher => fetcher.Summary) with { IsSearched = true },
        Field<FetcherResponse>.Text("address", fetcher => fetcher.Address),
        Field<FetcherResponse>.Text("licence", fetcher => fetcher.Licence),
        Field<FetcherResponse>.Text("attribution", fetcher => fetcher.Attribution) with { IsNullable = true },
        Field<FetcherResponse>.Boolean("needsKey", fetcher => fetcher.NeedsKey),
        Field<FetcherResponse>.Word<FetcherState>("state", fetcher => fetcher.State),
        Field<FetcherResponse>.Whole("every", fetcher => fetcher.Every),
        Field<FetcherResponse>.Whole("staleAfter", fetcher => fetcher.StaleAfter),
        Field<FetcherResponse>.Whole("age", fetcher => fetcher.Age) with { IsNullable = true },
        Field<FetcherResponse>.Time("succeededAt", fetcher => fetcher.SucceededAt) with { IsNullable = true },
        Field<FetcherResponse>.Time("dueAt", fetcher => fetcher.DueAt) with { IsNullable = true },
        Field<FetcherResponse>.Time("newestAt", fetcher => fetcher.NewestAt) with { IsNullable = true },
        Field<FetcherResponse>.Time("failedAt", fetcher => fetcher.FailedAt) with { IsNullable = true },
        Field<FetcherResponse>.Word<FetchFault>("fault", fetcher => fetcher.Fault) with { IsNullable = true },
        Field<FetcherResponse>.Text("detail", fetcher => fetcher.Detail) with { IsNullable = true },
        Field<FetcherResponse>.Whole("failures", fetcher => fetcher.Failures),
        Field<FetcherResponse>.Whole("gaps", fetcher => fetcher.Gaps),
        Field<FetcherResponse>.Whole("rejected", fetcher => fetcher.Rejected),
        Field<FetcherResponse>.Whole("facts", fetcher => fetcher.Facts),
        Field<FetcherResponse>.Whole("calls", fetcher => fetcher.Calls),
        Field<FetcherResponse>.Exact("costUsd", fetcher => fetcher.CostUsd),
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapFetchers() => app.MapGet("/v1/fetchers", ListAsync).WithTags("Staff")
            .WithSummary("What is fetched from outside, and how it fares").Lists(List).Requires(PlatformPermissions.ReadFetchers);
    }

    private static async Task<ListAnswer<FetcherResponse>> ListAsync(ListQuery asked, FetcherReports reports, CancellationToken cancellationToken) =>
        new(List, asked, new MemorySource<FetcherResponse>([.. (await reports.AllAsync(cancellationToken)).Select(FetcherResponse.Of)]));
}
