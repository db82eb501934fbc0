using Platform.Domain.Snapshots;

namespace Platform.Projections.Snapshots;

/// <summary>
/// Where samples of series and their gaps lie. A series' samples are of one bin (a market, an asset, a node) and one step;
/// the enums are small numbers in the order of their declaration.
/// </summary>
public static class SeriesTables
{
    private const string Schema = PlatformStore.Schema;

    public static PartitionedTable Of(Every every) => every is Every.Hour
        ? new("series_sample_hour", PartitionSpan.Month)
        : new("series_sample_day", PartitionSpan.Year);

    /// <summary>Run again, it changes nothing.</summary>
    public static string Definition { get; } =
        $"""
        create table if not exists {Schema}.series_sample (
            series text not null, bin text not null, every smallint not null, ts timestamptz not null,
            a numeric not null, b numeric not null, c numeric not null, d numeric not null, volume numeric not null,
            first_at timestamptz not null, first_tie text not null, last_at timestamptz not null, last_tie text not null,
            inputs bigint not null, revision int not null,
            primary key (series, bin, every, ts)) partition by list (every);
        create table if not exists {Schema}.series_sample_hour partition of {Schema}.series_sample for values in (0) partition by range (ts);
        create table if not exists {Schema}.series_sample_day partition of {Schema}.series_sample for values in (1) partition by range (ts);

        create index if not exists series_sample_time on {Schema}.series_sample (series, every, ts);

        create table if not exists {Schema}.series_gap (
            id uuid primary key, series text not null, bin text not null, opened_at timestamptz not null,
            from_ts timestamptz not null, to_ts timestamptz not null, cause text not null, state smallint not null,
            tries int not null, next_try_at timestamptz not null, healed_by text, reason text, closed_at timestamptz, evidence text,
            unique (series, bin, from_ts, to_ts));
        alter table {Schema}.series_gap add column if not exists evidence text;
        create index if not exists series_gap_due on {Schema}.series_gap (next_try_at) where closed_at is null;

        """;
}
