using JasperFx.Events.Projections;
using Marten;
using Platform.Domain.Secrets;

namespace Platform.Projections.Secrets;

/// <summary>Everything the store has to know about secrets.</summary>
public static class SecretsStore
{
    extension(StoreOptions options)
    {
        public void AddSecrets()
        {
            options.Events.AddEventTypes([
                typeof(KeyRingOpened), typeof(KeyRingRewrapped), typeof(DataKeyAdded), typeof(DataKeyRetired),
                typeof(MinimumDecryptVersionRaised), typeof(DataKeyDestroyed),
                typeof(SecretSealed), typeof(SecretResealed), typeof(SecretDestroyed),
                typeof(SecretRead), typeof(SecretRefused)]);

            options.Projections.Add<KeyRingProjection>(ProjectionLifecycle.Live);
            options.Projections.Add<SealedSecretProjection>(ProjectionLifecycle.Live);
            options.Projections.Add<SecretAccessProjection>(ProjectionLifecycle.Live);

            options.Schema.For<SecretEnvelope>().Duplicate(envelope => envelope.KeyVersion, pgType: "integer", notNull: true);
            options.Schema.For<WrappedKey>().SingleTenanted();
        }
    }
}
