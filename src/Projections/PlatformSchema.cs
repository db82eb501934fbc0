using Marten;
using Npgsql;

namespace Platform.Projections;

/// <summary>Brings a database to the shape that the store needs; run again, it changes nothing.</summary>
public static class PlatformSchema
{
    // Only these, and for good: what happened stays as it was written.
    private static readonly string[] AppendOnly = ["mt_doc_trade", "audit_link", "audit_checkpoint"];

    /// <summary>Tables, indexes and functions, then the triggers by which the database itself keeps history as it was.</summary>
    public static async Task ApplyAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await GuardAsync(store, cancellationToken);
    }

    /// <summary>The triggers alone, where the tables are there already.</summary>
    public static async Task GuardAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Guards(), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Guards() =>
        $"""
        create or replace function {PlatformStore.Schema}.refuse_change() returns trigger language plpgsql as $body$
        begin
            raise exception 'The table % only grows.', tg_table_name using errcode = 'restrict_violation';
        end;
        $body$;

        """ + string.Concat(AppendOnly.Select(table =>
        $"""
        create or replace trigger {table}_only_grows before update or delete or truncate on {PlatformStore.Schema}.{table}
            for each statement execute function {PlatformStore.Schema}.refuse_change();

        """));
}
