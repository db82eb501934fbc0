using JasperFx;
using Platform.Domain.Identity;
using Platform.Domain.Secrets;

namespace Platform.Projections.Identity;

/// <summary>How far a person's one-time codes were used. The secret behind them is in the vault.</summary>
/// <param name="Id">The user's.</param>
/// <param name="Secret">What the vault calls it; another one at each enrolment.</param>
/// <param name="IsConfirmed">Whether a first code proved that the person's device has the secret.</param>
/// <param name="LastStep">The time step of the last code that was taken (RFC 6238 5.2: each code works once); 0: none yet.</param>
public sealed record TotpFactor(UserId Id, SecretName Secret, bool IsConfirmed, long LastStep) : IRevisioned
{
    /// <summary>Kept by the store; of two who use one code at once, the second fails on it.</summary>
    public int Version { get; set; }
}
