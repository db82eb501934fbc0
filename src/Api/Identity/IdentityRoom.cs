using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Platform.Api.Identity.ApiKeys;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>Who is asking, and what they may: the one seam behind which the full security model comes.</summary>
public static class IdentityRoom
{
    private const string ByAddress = "ByAddress";

    extension(IServiceCollection services)
    {
        public IServiceCollection AddIdentityRoom()
        {
            services.AddHttpContextAccessor();
            // What proves a caller depends on the address alone, so that no credential is good where another is asked for.
            services.AddAuthentication(ByAddress)
                .AddPolicyScheme(ByAddress, displayName: null, policy => policy.ForwardDefaultSelector = http =>
                    PartnerApi.KeyNameIn(http.Request.Path) is null ? TokenAuthentication.SchemeName : ApiKeyAuthentication.SchemeName)
                .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null)
                .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null);
            services.AddSingleton<Access>();
            services.AddScoped<MemberRights>();
            services.AddIdentityCore<UserAccount>().AddUserStore<PasskeyStore>();
            services.AddScoped<IPasskeyHandler<UserAccount>, PasskeyHandler<UserAccount>>();
            services.AddScoped<Passkeys>();
            services.AddSingleton<DecideDanger>(provider => (caller, permission, pool, cancellationToken) =>
                provider.GetRequiredService<Access>().DecideAsync(caller, permission, pool, TokenTier.Danger, cancellationToken));
            return services;
        }
    }
}
