using Marten.Storage;
using Npgsql;
using Weasel.Postgresql;

namespace Platform.Projections;

/// <summary>The way to the database for what the store has no words for.</summary>
public static class StoreConnections
{
    extension(IMartenDatabase database)
    {
        /// <summary>The connections that the store itself uses.</summary>
        public NpgsqlDataSource Connections => ((PostgresqlDatabase)database).DataSource;
    }
}
