using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.Workers.Secrets;

/// <summary>The vault and who looks after its keys.</summary>
public static class SecretsRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <param name="keyFolder">Where the key-encryption key is when nothing else is said.</param>
        public void AddSecrets(string keyFolder)
        {
            builder.Services.AddOptions<SecretsOptions>()
                .Bind(builder.Configuration.GetSection(SecretsOptions.Section))
                .ValidateDataAnnotations().ValidateOnStart();
            var credentials = builder.Configuration["CREDENTIALS_DIRECTORY"];
            var environment = builder.Environment.EnvironmentName;
            builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SecretsOptions>>().Value
                .Provider(keyFolder, credentials, environment));
            builder.Services.AddSingleton(new IvSource(RandomNumberGenerator.Fill));
            builder.Services.AddSingleton<KeyRingStore>();
            builder.Services.AddSingleton<VaultSeal>();
            builder.Services.AddSingleton<SecretVault>();
            builder.Services.AddSingleton<VaultKeys>();
            builder.Services.AddSingleton<KeyRotation>();
            builder.Services.AddSingleton<KeyKeeper>();
            builder.Services.AddHostedService<VaultUnsealer>();
            builder.Services.AddHostedService(services => services.GetRequiredService<KeyKeeper>());
        }
    }
}
