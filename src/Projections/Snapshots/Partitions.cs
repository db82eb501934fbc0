using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Platform.Projections.Snapshots;

/// <summary>Makes the partitions that rows need before they come, and drops those that nobody keeps.</summary>
public sealed class Partitions(NpgsqlDataSource database)
{
    private const string DropPatience = "5s";

    private readonly ConcurrentDictionary<string, byte> made = new(StringComparer.Ordinal);

    /// <summary>There are partitions for these instants when it returns; in a transaction of its own.</summary>
    public async Task EnsureAsync(PartitionedTable table, IEnumerable<DateTimeOffset> instants, CancellationToken cancellationToken)
    {
        var missing = instants.Select(table.PartitionOf).Distinct().Where(partition => !made.ContainsKey(partition.Name)).ToList();
        foreach (var partition in missing)
        {
            // Two that make the same at once are one after the other by the lock; making locks the whole table for an instant.
            await using var command = database.CreateCommand(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                do $body$ begin
                    perform pg_advisory_xact_lock(hashtext('{PlatformStore.Schema}.{table.Name}'));
                    create table if not exists {PlatformStore.Schema}.{partition.Name} partition of {PlatformStore.Schema}.{table.Name}
                        for values from ('{partition.From:u}') to ('{partition.To:u}');
                end $body$
                """));
            await command.ExecuteNonQueryAsync(cancellationToken);
            made.TryAdd(partition.Name, 0);
        }
    }

    /// <summary>Drops whole partitions that end at or before an instant, but for those that are kept.</summary>
    /// <param name="isKept">Asked for each; true keeps it.</param>
    /// <returns>What was dropped.</returns>
    public async Task<IReadOnlyList<TimePartition>> DropBeforeAsync(
        PartitionedTable table, DateTimeOffset before, Func<TimePartition, bool> isKept, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(table, cancellationToken);
        // What another node dropped is made again when rows need it.
        foreach (var gone in made.Keys.Where(name => table.Read(name) is not null).Except(names, StringComparer.Ordinal))
            made.TryRemove(gone, out _);
        var dropped = new List<TimePartition>();
        foreach (var old in names.Select(table.Read).OfType<TimePartition>().Where(partition => partition.To <= before && !isKept(partition)))
        {
            made.TryRemove(old.Name, out _);
            if (await TryDropAsync(table, old, cancellationToken))
                dropped.Add(old);
        }

        return dropped;
    }

    // False when another node was first. Whoever reads the partition is waited for, but not for long: those who come next wait behind.
    private async Task<bool> TryDropAsync(PartitionedTable table, TimePartition old, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var begin = new NpgsqlCommand(
            $"""
            set local lock_timeout = '{DropPatience}';
            select pg_advisory_xact_lock(hashtext('{PlatformStore.Schema}.{table.Name}'));
            select to_regclass('{PlatformStore.Schema}.{old.Name}') is not null
            """, connection);
        await using (var reader = await begin.ExecuteReaderAsync(cancellationToken))
            if (!await reader.NextResultAsync(cancellationToken) || !await reader.ReadAsync(cancellationToken) || !reader.GetBoolean(0))
                return false;

        await using var drop = new NpgsqlCommand($"drop table {PlatformStore.Schema}.{old.Name}", connection);
        await drop.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(PartitionedTable table, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select piece.relname from pg_inherits
            join pg_class piece on piece.oid = inhrelid
            where inhparent = to_regclass($1) order by piece.relname
            """);
        command.Parameters.Add(new() { Value = $"{PlatformStore.Schema}.{table.Name}" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return names;
    }
}
