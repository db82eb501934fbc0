using Npgsql;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Markets.History;

/// <summary>What traded in base units, by the stored hours: of each market at each venue, and of each asset on all its spot markets.</summary>
public sealed class VolumeSource(NpgsqlDataSource database) : ISeriesSource
{
    public const string Series = "market.volume";

    public async Task<IReadOnlyList<(string Bin, Sample Sample)>> ReadAsync(
        DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select venue, market, volume, ts from {PlatformStore.Schema}.md_candle
            join {PlatformStore.Schema}.md_instrument on id = instrument_id
            where level = 3600 and ts >= $1 and ts < $2
            """);
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var volumes = new List<(string, Sample)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (venue, market, at) = (reader.GetString(0), reader.GetString(1), await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken));
            var sample = Sample.Of(MergeLaw.Sum, reader.GetDecimal(2), at, venue);
            volumes.Add(($"{venue}/{market}", sample));
            if (!market.Contains(':', StringComparison.Ordinal))
                volumes.Add((market[..market.IndexOf('-', StringComparison.Ordinal)], sample));
        }

        return volumes;
    }
}
