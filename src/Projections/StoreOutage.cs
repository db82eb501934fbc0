using Marten.Exceptions;
using Npgsql;

namespace Platform.Projections;

/// <summary>How it shows that the database is away: it restarts, or a connection broke.</summary>
public static class StoreOutage
{
    extension(Exception error)
    {
        /// <summary>The same again on another connection may well succeed; nothing was committed, or the answer was lost.</summary>
        public bool IsStoreOutage => error switch
        {
            NpgsqlException { IsTransient: true } => true,
            // The store's word for a connection that broke inside a transaction.
            SessionTransactionUnusableException => true,
            // Wrapped in whatever was under way when the connection broke: a command, a transaction that is gone.
            { InnerException: { } cause } => cause.IsStoreOutage,
            _ => false,
        };
    }
}
