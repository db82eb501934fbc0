using JasperFx;
using Marten.Exceptions;
using Npgsql;

namespace Platform.Projections;

/// <summary>How it shows that another writer was quicker.</summary>
public static class StoreConflict
{
    extension(Exception error)
    {
        /// <summary>Decided again on what is there now, the same may well succeed; nothing was committed.</summary>
        public bool IsStoreConflict => error switch
        {
            ConcurrencyException or JasperFx.Events.ExistingStreamIdCollisionException or DocumentAlreadyExistsException => true,
            // What a second first event of a stream meets where archived streams have their own partition.
            MartenCommandException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => true,
            _ => false,
        };
    }
}
