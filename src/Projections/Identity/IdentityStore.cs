using Marten;
using Marten.Schema;

namespace Platform.Projections.Identity;

/// <summary>Everything the store has to know about users.</summary>
public static class IdentityStore
{
    extension(StoreOptions options)
    {
        public void AddIdentity() => options.Schema.For<UserAccount>()
            .SingleTenanted()
            .UniqueIndex(UniqueIndexType.Computed, user => user.Email);
    }
}
