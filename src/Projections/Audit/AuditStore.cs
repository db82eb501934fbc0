using Marten;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Functions;
using Weasel.Postgresql.Tables;
using Weasel.Postgresql.Triggers;

namespace Platform.Projections.Audit;

/// <summary>What the store must be told of the audit log: two tables that only grow.</summary>
public static class AuditStore
{
    private const string Schema = "platform";

    extension(StoreOptions options)
    {
        /// <summary>Adds the tables of links and checkpoints, and the trigger that lets neither change.</summary>
        public void AddAudit()
        {
            var links = Links();
            var checkpoints = Checkpoints();
            options.Storage.ExtendedSchemaObjects.AddRange(
                [links, checkpoints, OnlyGrows(), Guard(links), Guard(checkpoints)]);
        }
    }

    private static Table Links()
    {
        var table = new Table(Name("audit_link"));
        table.AddColumn<long>("idx").AsPrimaryKey();
        table.AddColumn<long>("seq").NotNull().AddIndex(index => index.IsUnique = true);
        table.AddColumn("leaf", "bytea").NotNull();
        table.AddColumn("link", "bytea").NotNull();
        return table;
    }

    private static Table Checkpoints()
    {
        var table = new Table(Name("audit_checkpoint"));
        table.AddColumn<long>("size").AsPrimaryKey();
        table.AddColumn<long>("seq").NotNull();
        table.AddColumn("note", "text").NotNull();
        // The peaks of the Merkle tree at this size, so that signing goes on without reading the log from its start.
        // Nobody trusts them: they must give the root that the note signs.
        table.AddColumn("peaks", "bytea").NotNull();
        table.AddColumn<DateTimeOffset>("at").NotNull();
        return table;
    }

    private static Function OnlyGrows() => new(
        Name("audit_only_grows"),
        $"""
        CREATE OR REPLACE FUNCTION {Schema}.audit_only_grows()
         RETURNS trigger
         LANGUAGE plpgsql
        AS $function$
        begin
            raise exception 'The table % only grows.', tg_table_name using errcode = 'restrict_violation';
        end;
        $function$;
        """);

    private static Trigger Guard(Table table) =>
        new(Name($"{table.Identifier.Name}_only_grows"), table.Identifier, $"{Schema}.audit_only_grows()")
        {
            Timing = TriggerTiming.Before,
            Events = TriggerEvents.Update | TriggerEvents.Delete | TriggerEvents.Truncate,
            ForEachRow = false,
        };

    private static PostgresqlObjectName Name(string name) => new(Schema, name, SchemaUtils.IdentifierUsage.General);
}
