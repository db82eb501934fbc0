using Marten;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Platform.Projections.Audit;

/// <summary>Everything the event store has to know about the audit log: two tables, which only grow.</summary>
public static class AuditStore
{
    extension(StoreOptions options)
    {
        public void AddAudit() => options.Storage.ExtendedSchemaObjects.AddRange([Links(), Checkpoints()]);
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

    private static PostgresqlObjectName Name(string name) =>
        new(PlatformStore.Schema, name, SchemaUtils.IdentifierUsage.General);
}
