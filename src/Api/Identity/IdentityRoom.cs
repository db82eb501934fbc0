using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Platform.Domain.Identity;

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
            // Deny by default: a route that says nothing is for nobody who has not signed in.
            services.AddAuthorizationBuilder()
                .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            services.AddSingleton<PoolAccess>();
            services.AddSingleton<DecideDanger>(provider => async (caller, operation, pool, cancellationToken) =>
            {
                var scope = caller.Token?.Scope;
                var isMember = pool is { } asked
                    && await provider.GetRequiredService<PoolAccess>().MayAsync(caller, asked, cancellationToken);
                return PermissionMatrix.Decide(operation, new(
                    scope?.Platform ?? PlatformLevel.None, isMember ? PoolLevel.Owner : PoolLevel.Outsider, scope?.Plan ?? Plan.Free,
                    TokenTier.Danger, scope?.Groups ?? FeatureGroups.None));
            });
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
