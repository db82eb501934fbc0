using System.Security.Cryptography;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Identity;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>What signs people in, believes their tokens and keeps them out again. Needs the store and a clock.</summary>
public static class IdentityWorkers
{
    private const int GuessKeyBytes = 32;

    extension(IServiceCollection services)
    {
        /// <param name="keyFolder">Where the keys are, which are made when absent.</param>
        public IServiceCollection AddIdentity(IConfiguration configuration, string keyFolder)
        {
            services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section))
                .Validate(
                    options => options.OuterLife > TimeSpan.FromMinutes(1) && options.OuterLife <= TokenLife.LineageMax,
                    $"{TokenOptions.Section}:OuterLife is more than a minute and at most a day.")
                .Validate(options => options.Issuer.Length is > 0 and <= 64, $"{TokenOptions.Section}:Issuer is 1 to 64 characters.")
                .ValidateOnStart();
            services.AddMetrics();
            services.AddSingleton(provider => new KeyRings(keyFolder, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(_ => BarrierSubjects.In(keyFolder));
            services.AddSingleton<PlatformClock>();
            services.AddSingleton<Barriers>();
            services.AddSingleton<SecurityLog>();
            services.AddSingleton<TokenVerifier>();
            services.AddSingleton<TokenIssuer>();
            services.AddSingleton(provider => new GuessBudget(
                provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<BarrierSubjects>(),
                KeyFile.ReadOrMake(KeyFile.In(keyFolder, "guesses.key"), () => RandomNumberGenerator.GetBytes(GuessKeyBytes))));
            services.AddSingleton<Sessions>();
            services.AddSingleton<InnerTokens>();
            services.AddSingleton<DangerTokens>();
            services.AddHostedService<BarrierFollower>();
            services.AddSingleton<IdentityEviction>();
            return services.AddHostedService(provider => provider.GetRequiredService<IdentityEviction>());
        }
    }
}
