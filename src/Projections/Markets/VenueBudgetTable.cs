using Marten;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Platform.Projections.Markets;

/// <summary>How much of what a venue allows is given away to processes in the current window.</summary>
internal static class VenueBudgetTable
{
    extension(StoreOptions options)
    {
        public void AddVenueBudgets() => options.Storage.ExtendedSchemaObjects.Add(Budgets());
    }

    private static Table Budgets()
    {
        var table = new Table(new PostgresqlObjectName(
            PlatformStore.Schema, "venue_budget", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<string>("venue").AsPrimaryKey();
        table.AddColumn<string>("address").AsPrimaryKey();
        table.AddColumn<string>("key").AsPrimaryKey();
        table.AddColumn<string>("name").AsPrimaryKey();
        table.AddColumn<long>("window_number").NotNull();
        table.AddColumn<int>("used").NotNull();
        table.AddColumn<DateTimeOffset>("held_until").NotNull();
        return table;
    }
}
