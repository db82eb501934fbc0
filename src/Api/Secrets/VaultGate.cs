using Platform.Domain.Values;
using Platform.Workers.Secrets;

namespace Platform.Api.Secrets;

/// <summary>What a sealed vault means to callers.</summary>
public static class VaultGate
{
    /// <summary>To whoever needs a secret while there are none to be had.</summary>
    public static Refusal Sealed { get; } =
        new("vault_sealed", "The vault is sealed: what needs a secret has to wait until an operator has opened it.");

    extension(RouteHandlerBuilder route)
    {
        /// <summary>Refuses at once what could not be carried out while the vault is sealed.</summary>
        public RouteHandlerBuilder NeedsVault() => route.Refuses(StatusCodes.Status503ServiceUnavailable, Sealed.Code).AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<VaultSeal>().State is VaultState.Unsealed
                ? await next(context)
                : Problems.From(Sealed, StatusCodes.Status503ServiceUnavailable))
            .Refuses(StatusCodes.Status503ServiceUnavailable, Sealed.Code);
    }
}
