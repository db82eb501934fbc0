using Marten;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Platform.Projections.Markets;

/// <summary>
/// Everything the store has to know about what is fetched: no events, for the source can be asked again, and rows that are
/// written in bulk.
/// </summary>
public static class FetchingStore
{
    extension(StoreOptions options)
    {
        public void AddFetching() =>
            options.Storage.ExtendedSchemaObjects.AddRange([Fetchers(), Raw(), Facts(), Budgets()]);
    }

    // One row a fetcher: when it is due, who runs it, how it went.
    private static Table Fetchers()
    {
        var table = new Table(Name("fetcher"));
        table.AddColumn("id", "text").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("since").NotNull();
        table.AddColumn<DateTimeOffset>("due_at").NotNull();
        // Whoever has the token runs it, until then.
        table.AddColumn<Guid>("lease").AllowNulls();
        table.AddColumn<DateTimeOffset>("leased_until").AllowNulls();
        // Where the source is to be asked on from, in the fetcher's own words.
        table.AddColumn("position", "text").AllowNulls();
        table.AddColumn<DateTimeOffset>("succeeded_at").AllowNulls();
        table.AddColumn<DateTimeOffset>("failed_at").AllowNulls();
        table.AddColumn("fault", "text").AllowNulls();
        table.AddColumn("detail", "text").AllowNulls();
        table.AddColumn<int>("failures").NotNull();
        table.AddColumn<DateTimeOffset>("newest_at").AllowNulls();
        table.AddColumn<long>("calls").NotNull();
        table.AddColumn("cost", "numeric").NotNull();
        table.AddColumn<long>("facts").NotNull();
        table.AddColumn<int>("rejected").NotNull();
        table.AddColumn<int>("gaps").NotNull();
        table.AddColumn<DateTimeOffset>("gaps_at").AllowNulls();
        return table;
    }

    // Answers as they came, one row for each change of what a source says about something.
    private static Table Raw()
    {
        var table = new Table(Name("fetched_raw"));
        table.AddColumn("fetcher", "text").AsPrimaryKey();
        table.AddColumn("about", "text").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("at").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("seen_until").NotNull();
        table.AddColumn("hash", "bytea").NotNull();
        table.AddColumn<int>("size").NotNull();
        // Brotli.
        table.AddColumn("body", "bytea").NotNull();
        return table;
    }

    // What parsers read in them, each with when it was so and since when that could be known.
    private static Table Facts()
    {
        var table = new Table(Name("fetched_fact"));
        table.AddColumn("fetcher", "text").AsPrimaryKey();
        table.AddColumn("subject", "text").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("at").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("published_at").AsPrimaryKey();
        table.AddColumn("content", "jsonb").NotNull();
        table.AddColumn<int>("parser").NotNull();
        table.AddColumn("about", "text").NotNull();
        table.AddColumn<DateTimeOffset>("raw_at").NotNull();
        table.Indexes.Add(new IndexDefinition("fetched_fact_age") { Columns = ["fetcher", "published_at"] });
        return table;
    }

    // Calls of a source in its present window, by all processes.
    private static Table Budgets()
    {
        var table = new Table(Name("fetch_budget"));
        table.AddColumn("source", "text").AsPrimaryKey();
        table.AddColumn<int>("calls").NotNull();
        table.AddColumn<DateTimeOffset>("ends_at").NotNull();
        return table;
    }

    private static PostgresqlObjectName Name(string name) =>
        new(PlatformStore.Schema, name, SchemaUtils.IdentifierUsage.General);
}
