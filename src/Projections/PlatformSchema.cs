using Marten;
using Npgsql;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;

namespace Platform.Projections;

/// <summary>Brings a database to the shape that the store needs; run again, it changes nothing.</summary>
public static class PlatformSchema
{
    // Only these, and for good: what happened stays as it was written.
    private static readonly string[] AppendOnly = ["mt_doc_trade", "audit_link", "audit_checkpoint"];

    private static string[] Tables => [SeriesTables.Definition, MarketTables.Definition, TradeSeconds.Definition, IndexSamples.Definition];

    /// <summary>Tables, indexes and functions, then the triggers by which the database itself keeps history as it was.</summary>
    public static async Task ApplyAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await GuardAsync(store, cancellationToken);
    }

    /// <summary>What the store has no words for: tables that are cut by time, and the triggers on its own.</summary>
    public static Task GuardAsync(IDocumentStore store, CancellationToken cancellationToken) =>
        RunAsync(store, [.. Tables, Guards()], cancellationToken);

    /// <summary>The tables of market data alone, for a command that needs no other.</summary>
    public static Task ApplyTablesAsync(IDocumentStore store, CancellationToken cancellationToken) =>
        RunAsync(store, [$"create schema if not exists {PlatformStore.Schema}", .. Tables], cancellationToken);

    // Nodes that start at once do it one after the other.
    private static async Task RunAsync(IDocumentStore store, string[] definitions, CancellationToken cancellationToken)
    {
        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var definition in definitions.Prepend("select pg_advisory_xact_lock(hashtext('platform.schema'))"))
        {
            await using var command = new NpgsqlCommand(definition, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
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
