using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Workers.Snapshots;

namespace Platform.Api.Snapshots;

using SamplesAnswer = Results<ListAnswer<SampleResponse>, ProblemHttpResult>;

/// <summary>The hourly and daily samples of every series, without signing in: a series says nothing of anybody's own.</summary>
public static class SeriesEndpoints
{
    // Of one question: more than a year of hours.
    private const int PointsMax = 10_000;
    private const int PointsDefault = 500;
    private const int NameMax = 100;

    private static readonly ListOf<SampleResponse> Samples = new("samples", "start", "start",
    [
        Field<SampleResponse>.Time("start", sample => sample.Start) with { IsSortable = true },
        Field<SampleResponse>.Exact("value", sample => sample.Value) with { IsNullable = true },
        Field<SampleResponse>.Whole("inputs", sample => sample.Inputs),
        Field<SampleResponse>.Whole("revision", sample => sample.Revision),
        Field<SampleResponse>.Word<SampleState>("state", sample => sample.State),
        Field<SampleResponse>.Boolean("isFilled", sample => sample.IsFilled),
    ]) { Own = ["bin", "every", "from", "to", "fill"] };

    private static readonly ListOf<SeriesResponse> Series = new("series", "series", "series",
    [
        Field<SeriesResponse>.Text("series", each => each.Series) with { IsSortable = true, IsSearched = true },
        Field<SeriesResponse>.Text("what", each => each.What) with { IsNullable = true, IsSearched = true },
        Field<SeriesResponse>.Whole("stepSeconds", each => each.StepSeconds) with { IsSortable = true },
        Field<SeriesResponse>.Whole("keptDays", each => each.KeptDays) with { IsNullable = true },
        Field<SeriesResponse>.Time("firstSample", each => each.FirstSample) with { IsNullable = true, IsSortable = true },
        Field<SeriesResponse>.Time("lastSample", each => each.LastSample) with { IsNullable = true, IsSortable = true },
        Field<SeriesResponse>.Whole("openGaps", each => each.OpenGaps) with { IsSortable = true },
    ]);

    extension(IEndpointRouteBuilder routes)
    {
        public void MapSeries()
        {
            var series = routes.MapGroup("/v1/series").WithTags("Markets").Requires(OpenPermissions.ReadMarkets);
            series.MapGet("/", ListSeriesAsync)
                .WithSummary("Every series that is kept or was imported, with what there is of it and how many gaps are open: 1,000 at most").Lists(Series);
            series.MapGet("/{series}/samples", ListAsync)
                .WithSummary("One sample for each hour or day of a series' bin; holes are said, and filled only as asked")
                .Refuses(StatusCodes.Status404NotFound, "unknown_series")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_bin", "invalid_every", "invalid_fill", "invalid_time").Lists(Samples);
        }
    }

    private static async Task<ListAnswer<SeriesResponse>> ListSeriesAsync(
        ListQuery asked, SeriesCatalog catalog, CancellationToken cancellationToken) =>
        new(Series, asked, new MemorySource<SeriesResponse>([.. (await catalog.AllAsync(cancellationToken)).Select(SeriesResponse.Of)]));

    /// <param name="bin">Of what: for market.volume, <c>venue/market</c> or an asset.</param>
    /// <param name="every">hour or day.</param>
    /// <param name="from">RFC 3339; the latest 500 when it is left out.</param>
    /// <param name="to">RFC 3339; now when it is left out.</param>
    /// <param name="fill">none or previous.</param>
    private static async Task<SamplesAnswer> ListAsync(
        string series, string? bin, string? every, string? from, string? to, string? fill, ListQuery asked, SeriesHistory history,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (bin is null or { Length: 0 or > NameMax } || bin.Contains('\0', StringComparison.Ordinal))
            return Invalid("invalid_bin", $"A bin is 1 to {NameMax} characters, such as kraken/BTC-USD or BTC.", "bin");
        if (!WordConverter.TryParse<Every>(every ?? "hour", out var step))
            return Invalid("invalid_every", "Samples are of every hour or day.", "every");
        if (!WordConverter.TryParse<SampleFill>(fill ?? "none", out var filled))
            return Invalid("invalid_fill", "The fill is none or previous.", "fill");
        if (TimeOf(to, time.GetUtcNow) is not { } end || TimeOf(from, () => end - (step.Length * PointsDefault)) is not { } start
            || start >= end || (end - start).Ticks / step.Length.Ticks > PointsMax)
            return Invalid(
                "invalid_time", $"Times are written as 2026-01-31T23:00:00Z, from lies before to, and at most {PointsMax} samples between them.", "from");
        if (series.Length > NameMax || await history.ReadAsync(new(series, bin, step, start, end, filled), cancellationToken) is not { } points)
            return Problems.From(new Refusal("unknown_series", "Nothing was ever stored of that series and bin."), StatusCodes.Status404NotFound);

        return new ListAnswer<SampleResponse>(Samples, asked, new MemorySource<SampleResponse>([.. points.Select(SampleResponse.Of)]));
    }

    private static ProblemHttpResult Invalid(string code, string detail, string field) =>
        Problems.From(new Refusal(code, detail, field), StatusCodes.Status400BadRequest);

    // What was never measured is no time either: the oldest rates are of the last century.
    private static DateTimeOffset? TimeOf(string? text, Func<DateTimeOffset> byDefault)
    {
        if (text is null)
            return byDefault();
        return FieldKind.Time.Parse(text) is DateTimeOffset { Year: >= 1900 and < 2100 } time ? time : null;
    }
}

/// <summary>A series of numbers over time.</summary>
/// <param name="What">In a sentence, with what a bin is; null where it was imported.</param>
/// <param name="StepSeconds">The shortest step that is kept.</param>
/// <param name="KeptDays">For how many days at the least; null: for good, as days are.</param>
/// <param name="FirstSample">When the first sample starts, over all bins; null while there is none.</param>
/// <param name="LastSample">The same of the last one.</param>
/// <param name="OpenGaps">Stretches of which something is missing still; <c>GET /v1/gaps</c> lists them.</param>
public sealed record SeriesResponse(
    string Series, string? What, long StepSeconds, long? KeptDays, DateTimeOffset? FirstSample, DateTimeOffset? LastSample, long OpenGaps)
{
    public static SeriesResponse Of(SeriesOverview series) => new(
        series.Name, series.Description?.What, (long)series.Step.TotalSeconds, (long?)series.Description?.Kept?.TotalDays, series.First, series.Last,
        series.OpenGaps);
}

/// <summary>An hour or a day of a series, by its start (UTC).</summary>
/// <param name="Value">By the series' own law: the sum, the latest, the mean; of bars the close. Null where nobody knows.</param>
/// <param name="Inputs">How many raw values it is made of; zero where there is no sample.</param>
/// <param name="Revision">How often it was corrected.</param>
/// <param name="IsFilled">The value was made up for this answer, as <c>fill</c> asked.</param>
public sealed record SampleResponse(DateTimeOffset Start, decimal? Value, long Inputs, int Revision, SampleState State, bool IsFilled)
{
    public static SampleResponse Of(SeriesPoint point) =>
        new(point.Start, point.Value, point.Sample?.Inputs ?? 0, point.Revision, point.State, point.IsFilled);
}
