using Platform.Domain.Identity;

namespace Platform.Projections.Identity;

/// <summary>
/// What names a person and proves who asks. A document and not events: personal data must be erasable, which an event is
/// not.
/// </summary>
/// <param name="Email">Lower case; unique.</param>
/// <param name="PasswordHash">Argon2id in the PHC string format; null until the person has answered from the address.</param>
public sealed record UserAccount(UserId Id, string Email, string? PasswordHash);
