using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Schema;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Platform.Projections.Identity;

/// <summary>Everything the store has to know about users, who is a member of what, sessions and what keeps people out.</summary>
public static class IdentityStore
{
    extension(StoreOptions options)
    {
        public void AddIdentity()
        {
            // Where it is no document's own id, the store has to be told that it is one: queries ask for it.
            options.RegisterValueType<UserId>();
            options.RegisterValueType<PoolId>();
            options.Events.AddEventTypes([
                typeof(UserRegistered), typeof(AddressVerified), typeof(PlatformLevelSet), typeof(PlanSet), typeof(KycLevelSet),
                typeof(PasswordReplaced), typeof(TotpEnrolled), typeof(TotpRemoved), typeof(PasskeyAdded),
                typeof(PasskeyRemoved), typeof(UserDeleted),
                typeof(MemberProposed), typeof(MemberProposalDropped), typeof(MemberAdded), typeof(MemberRaised),
                typeof(MemberLowered), typeof(MemberRemoved), typeof(ApiKeyCreated), typeof(ApiKeyRevoked),
                typeof(SessionOpened), typeof(SessionEnded), typeof(BarrierRaised)]);
            options.Projections.Add<UserProjection>(ProjectionLifecycle.Inline);
            options.Projections.Add<MembershipProjection>(ProjectionLifecycle.Inline);
            options.Projections.Add<ApiKeyProjection>(ProjectionLifecycle.Inline);
            options.Schema.For<Membership>().Index(member => member.UserId);
            options.Schema.For<PasskeyCredential>().SingleTenanted()
                .Index(passkey => passkey.UserId).UniqueIndex(UniqueIndexType.Computed, passkey => passkey.CredentialId);
            options.Schema.For<PasskeyChallenge>().SingleTenanted().Index(challenge => challenge.ExpiresAt);
            options.Schema.For<TotpFactor>().SingleTenanted().UseNumericRevisions(enabled: true);
            options.Schema.For<ApiKeyCredential>().SingleTenanted()
                .Index(key => key.UserId).Index(key => key.PoolId!);
            options.Schema.For<UserAccount>()
                .SingleTenanted()
                .UniqueIndex(UniqueIndexType.Computed, user => user.Email);
            options.Schema.For<UserSession>().SingleTenanted().UseNumericRevisions(enabled: true)
                .Index(session => session.UserId).Index(session => session.EndsAt);
            options.Schema.For<InnerLineage>().SingleTenanted().UseNumericRevisions(enabled: true).Index(lineage => lineage.EndsAt);
            options.Schema.For<DangerUse>().SingleTenanted().Index(use => use.ExpiresAt);
            options.Storage.ExtendedSchemaObjects.AddRange([Barriers(), BarrierHead(), Guesses()]);
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

    // Wrong passwords and codes of late, by hashes; a row is forgotten when its window is over.
    private static Table Guesses()
    {
        var table = new Table(Name("guess"));
        table.AddColumn<int>("id").AsPrimaryKey();
        table.AddColumn<int>("tries").NotNull();
        table.AddColumn<DateTimeOffset>("ends_at").NotNull().AddIndex();
        return table;
    }

    private static PostgresqlObjectName Name(string name) =>
        new(PlatformStore.Schema, name, SchemaUtils.IdentifierUsage.General);
}

/// <summary>Keeps the domain's <see cref="User"/> in the same commit: a right that is taken away is gone at once.</summary>
public sealed class UserProjection : SingleStreamProjection<User, UserId>
{
    public override User? Evolve(User? snapshot, UserId id, IEvent e) =>
        e.Data is UserEvent happened ? User.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Keeps the domain's <see cref="Membership"/> in the same commit, for every request asks it.</summary>
public sealed class MembershipProjection : SingleStreamProjection<Membership, MembershipId>
{
    public override Membership? Evolve(Membership? snapshot, MembershipId id, IEvent e) =>
        e.Data is MembershipEvent happened ? Membership.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Keeps the domain's <see cref="ApiKey"/> in the same commit as its facts.</summary>
public sealed class ApiKeyProjection : SingleStreamProjection<ApiKey, ApiKeyId>
{
    public override ApiKey? Evolve(ApiKey? snapshot, ApiKeyId id, IEvent e) =>
        e.Data is ApiKeyEvent happened ? ApiKey.Evolve(snapshot, happened) : snapshot;
}
