using JasperFx;
using Marten;
using Marten.Schema;
using Marten.Storage;
using Platform.Domain.Identity;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Platform.Projections.Identity;

/// <summary>Everything the store has to know about users, their sessions and what keeps them out.</summary>
public static class IdentityStore
{
    extension(StoreOptions options)
    {
        public void AddIdentity()
        {
            options.Schema.For<UserAccount>().SingleTenanted().UniqueIndex(UniqueIndexType.Computed, user => user.Email);
            options.Schema.For<UserSession>().SingleTenanted().UseNumericRevisions(enabled: true)
                .Index(session => session.UserId).Index(session => session.EndsAt);
            options.Schema.For<InnerLineage>().SingleTenanted().UseNumericRevisions(enabled: true).Index(lineage => lineage.EndsAt);
            options.Schema.For<DangerUse>().SingleTenanted().Index(use => use.ExpiresAt);
            options.Storage.ExtendedSchemaObjects.AddRange([Barriers(), BarrierHead()]);
            options.Events.AddEventTypes([typeof(SessionOpened), typeof(SessionEnded), typeof(BarrierRaised)]);
        }
    }

    // The latest barrier of each subject: what nodes load and follow. The history is in the events.
    private static Table Barriers()
    {
        var table = new Table(Name("barrier"));
        table.AddColumn<Guid>("subject").AsPrimaryKey();
        table.AddColumn<long>("until").NotNull().AddIndex();
        table.AddColumn<long>("seq").NotNull().AddIndex();
        return table;
    }

    // One row, whose lock puts all raises in the order of their commits.
    private static Table BarrierHead()
    {
        var table = new Table(Name("barrier_head"));
        table.AddColumn<bool>("is_one").AsPrimaryKey();
        table.AddColumn<long>("seq").NotNull();
        table.AddColumn<long>("until").NotNull();
        return table;
    }

    private static PostgresqlObjectName Name(string name) =>
        new(PlatformStore.Schema, name, SchemaUtils.IdentifierUsage.General);
}
