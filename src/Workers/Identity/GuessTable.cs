using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>The table of tries, in SQL; time is the store's, so that nodes agree on it.</summary>
internal static class GuessTable
{
    // A window begins with its first try, and none of the later ones moves its end.
    private const string CountSql =
        $"""
        insert into {PlatformStore.Schema}.guess as guess (id, tries, ends_at) values ($1, 1, clock_timestamp() + $2)
        on conflict (id) do update set
            tries = case when guess.ends_at <= excluded.ends_at - $2 then 1 else least(guess.tries + 1, 1000000) end,
            ends_at = case when guess.ends_at <= excluded.ends_at - $2 then excluded.ends_at else guess.ends_at end
        returning tries, greatest(ends_at - clock_timestamp(), interval '0')
        """;

    private const string TakeBackSql = $"update {PlatformStore.Schema}.guess set tries = tries - 1 where id = $1 and tries > 0";

    private const string DeleteOverSql = $"delete from {PlatformStore.Schema}.guess where ends_at < clock_timestamp()";

    /// <summary>Counts one more; how many there are in this window, and how long it still is.</summary>
    public static async Task<(int Tries, TimeSpan Left)> CountAsync(
        NpgsqlDataSource store, int id, TimeSpan window, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(CountSql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(window);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetTimeSpan(1));
    }

    public static async Task TakeBackAsync(NpgsqlDataSource store, int id, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(TakeBackSql);
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task DeleteOverAsync(NpgsqlDataSource store, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(DeleteOverSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
