using System.Collections.Concurrent;
using Npgsql;
using Platform.Domain.Markets;

namespace Platform.Projections.Markets;

/// <summary>The small number by which rows name a market of a venue; once given, it stays.</summary>
public sealed class Instruments(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<(VenueId, MarketKey), int> known = new();

    /// <summary>The number, given now if there was none.</summary>
    public async Task<int> IdAsync(VenueId venue, MarketKey market, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((venue, market), out var id))
            return id;
        if (await FindAsync(venue, market, cancellationToken) is { } found)
            return found;

        await using var command = database.CreateCommand(
            $"insert into {PlatformStore.Schema}.md_instrument (venue, market) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = venue.Value });
        command.Parameters.Add(new() { Value = market.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await FindAsync(venue, market, cancellationToken)
            ?? throw new InvalidOperationException($"{venue} {market} was given no number.");
    }

    /// <summary>Null when nothing was ever stored of it.</summary>
    public async Task<int?> FindAsync(VenueId venue, MarketKey market, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((venue, market), out var id))
            return id;

        await using var command = database.CreateCommand(
            $"select id from {PlatformStore.Schema}.md_instrument where venue = $1 and market = $2");
        command.Parameters.Add(new() { Value = venue.Value });
        command.Parameters.Add(new() { Value = market.Value });
        return await command.ExecuteScalarAsync(cancellationToken) is int found ? known.GetOrAdd((venue, market), found) : null;
    }
}
