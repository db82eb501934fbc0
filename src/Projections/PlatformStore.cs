using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Projections.Audit;
using Platform.Projections.Idempotency;
using Platform.Projections.Identity;
using Platform.Projections.Markets;
using Platform.Projections.Pools;
using Platform.Projections.Secrets;
using Platform.Projections.Trading;
using Weasel.Core;

namespace Platform.Projections;

/// <summary>Where the store is, for whoever needs a connection that no request can take away.</summary>
/// <param name="Connection">As PostgreSQL's driver spells it, password included.</param>
public sealed record StoreAddress(string Connection)
{
    /// <summary>A connection of its own, of no pool; not opened yet.</summary>
    public NpgsqlConnection OfItsOwn() => new(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false }.ConnectionString);
}

/// <summary>The one event store, set up alike for the platform, the audit tool and the tests.</summary>
public static class PlatformStore
{
    /// <summary>Where events and read models lie in the database.</summary>
    public const string Schema = "platform";

    extension(IServiceCollection services)
    {
        public MartenServiceCollectionExtensions.MartenConfigurationExpression AddPlatformStore(string connection) =>
            services.AddSingleton(new StoreAddress(connection))
                .AddMarten(options => options.UsePlatform(connection)).UseLightweightSessions();
    }

    extension(StoreOptions options)
    {
        public void UsePlatform(string connection)
        {
            options.Connection(connection);
            options.DatabaseSchemaName = Schema;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.AddEventRules();
            options.AddReadRules();
            options.AddIdempotency();
            options.AddVenueBudgets();
            options.AddMarkets();
            options.AddTrading();
            options.AddPools();
            options.AddAudit();
            options.AddIdentity();
            options.AddSecrets();
            options.AddFetching();
        }

        private void AddEventRules()
        {
            // Quick appends get their timestamps from our clock, not from the session's time zone.
            options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
            options.Events.StreamIdentity = StreamIdentity.AsGuid;
            options.Events.TenancyStyle = TenancyStyle.Conjoined;
            options.Events.MetadataConfig.EnableAll();
            options.Events.MetadataConfig.UserNameEnabled = true;
            options.Events.UseMandatoryStreamTypeDeclaration = true;
            options.Events.UseArchivedStreamPartitioning = true;
        }

        private void AddReadRules()
        {
            options.Policies.AllDocumentsAreMultiTenanted();
            // A fact that a projection cannot read stops it for a person to look; it is never skipped.
            options.Projections.Errors.SkipApplyErrors = false;
            options.Projections.Errors.SkipSerializationErrors = false;
            options.Projections.Errors.SkipUnknownEvents = false;
            // 30-110 ms from append to read model, at negligible cost when idle.
            options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(25);
            options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(50);
        }
    }
}
