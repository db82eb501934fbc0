using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Workers.Identity.ApiKeys;
using Platform.Workers.Identity.Mail;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>What acts for users beside their handlers.</summary>
public static class UserWorkers
{
    private const int ProofKeyBytes = 32;

    extension(IServiceCollection services)
    {
        public void AddUsers(IConfiguration configuration, string keyFolder)
        {
            services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section));
            services.AddSingleton(provider => new Mailer(
                provider.GetRequiredService<IOptions<MailOptions>>(), provider.GetRequiredService<TimeProvider>(),
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(keyFolder))!, "mail")));
            services.AddSingleton<Totp>();
            services.AddSingleton<StrongProofs>();
            services.AddSingleton<AccountChanges>();
            services.AddSingleton<MemberChanges>();
            services.AddSingleton<StaffChanges>();
            services.AddSingleton<ApiKeyChecks>();
            services.AddSingleton<ApiKeyMaker>();
            services.AddSingleton<ApiKeyInvariant>();
            services.AddHostedService(provider => provider.GetRequiredService<ApiKeyInvariant>());
            services.AddSingleton(provider => new AddressProof(
                KeyFile.ReadOrMake(KeyFile.In(keyFolder, "mail.key"), () => RandomNumberGenerator.GetBytes(ProofKeyBytes)),
                provider.GetRequiredService<TimeProvider>()));
        }
    }
}
