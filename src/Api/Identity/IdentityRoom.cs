using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;

namespace Platform.Api.Identity;

/// <summary>Who is asking, and what they may: the one seam behind which the full security model comes.</summary>
public static class IdentityRoom
{
    // A person mistypes a few times; a machine guesses thousands.
    private const int SignInBurst = 30;
    private static readonly TimeSpan SignInRefill = TimeSpan.FromSeconds(1);

    extension(IServiceCollection services)
    {
        public IServiceCollection AddIdentityRoom()
        {
            services.AddHttpContextAccessor();
            services.AddAuthentication(TokenAuthentication.SchemeName)
                .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null);
            services.AddSingleton<Access>();
            services.AddRateLimiter(limiter =>
            {
                limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limiter.AddPolicy(SignInEndpoints.RateLimit, context => RateLimitPartition.GetTokenBucketLimiter(
                    context.Connection.RemoteIpAddress, _ => new()
                    {
                        TokenLimit = SignInBurst, TokensPerPeriod = 1, ReplenishmentPeriod = SignInRefill, QueueLimit = 0,
                    }));
            });
            return services;
        }
    }
}
