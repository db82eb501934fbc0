using JasperFx;
using Marten;
using OtpNet;
using Platform.Domain.Identity;
using Platform.Domain.Secrets;
using Platform.Projections.Identity;
using Platform.Workers.Secrets;

namespace Platform.Workers.Identity;

/// <summary>What a person's authenticator app is told, once.</summary>
/// <param name="Secret">Base32, for typing.</param>
/// <param name="Uri">The same for scanning (otpauth, as authenticator apps read it).</param>
public sealed record TotpSetup(string Secret, string Uri)
{
    // A secret prints as nothing.
    public override string ToString() => "(secret)";
}

/// <summary>One-time codes (RFC 6238: SHA-1, 6 digits, 30 s). Each works once, and a step early or late.</summary>
public sealed class Totp(IDocumentStore store, SecretVault vault, GuessBudget guesses, TimeProvider time)
{
    private const int SecretLength = 20;
    private const string Issuer = "Platform";

    private static readonly SecretPurpose Check = SecretPurpose.From("totp.check");
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Makes a secret that counts for nothing until <see cref="ConfirmAsync"/>; the one before is destroyed.</summary>
    /// <returns>Null when codes are in use already.</returns>
    /// <exception cref="VaultSealedException">No secret can be kept now.</exception>
    public async Task<TotpSetup?> BeginAsync(UserId user, string account, CancellationToken cancellationToken)
    {
        var fresh = SecretName.From($"totp-{Guid.CreateVersion7(time.GetUtcNow()):N}");
        var address = AddressOf(user, fresh);
        await using var session = vault.SessionOf(address);
        var known = await session.LoadAsync<TotpFactor>(user, cancellationToken);
        if (known is { IsConfirmed: true })
            return null;
        if (known is not null)
            await SecretVault.DestroyAsync(session, AddressOf(user, known.Secret), cancellationToken);

        using var secret = SecretBytes.CopyOf(KeyGeneration.GenerateRandomKey(SecretLength));
        await vault.SealAsync(session, address, secret, cancellationToken);
        session.Store(new TotpFactor(user, fresh, IsConfirmed: false, LastStep: 0));
        await session.SaveChangesAsync(cancellationToken);
        var key = Base32Encoding.ToString(secret.Span.ToArray());
        return new(key, new OtpUri(OtpType.Totp, key, account, Issuer).ToString());
    }

    /// <summary>Begins to count, with a first code, in the commit of the session.</summary>
    /// <returns>Whether the code was right.</returns>
    public async Task<bool> ConfirmAsync(IDocumentSession session, UserId user, string code, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<TotpFactor>(user, cancellationToken) is not { IsConfirmed: false } factor
            || await StepAsync(factor, code, cancellationToken) is not { } step)
            return false;

        session.UpdateRevision(factor with { IsConfirmed = true, LastStep = step }, factor.Version + 1);
        return true;
    }

    /// <summary>Whether the code is right and was not used before; from now on it was.</summary>
    /// <exception cref="TooManyGuessesException">There were too many wrong codes lately.</exception>
    public Task<bool> TakeAsync(UserId user, string code, TokenOrigin origin, CancellationToken cancellationToken) =>
        guesses.TryAsync(Guess.AtCode(user, origin), () => TakeAsync(user, code, cancellationToken), cancellationToken);

    private async ValueTask<bool> TakeAsync(UserId user, string code, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<TotpFactor>(user, cancellationToken) is not { IsConfirmed: true } factor
            || await StepAsync(factor, code, cancellationToken) is not { } step || step <= factor.LastStep)
            return false;

        try
        {
            session.UpdateRevision(factor with { LastStep = step }, factor.Version + 1);
            await session.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Ends the codes in the commit of the session, the secret with them.</summary>
    public static async Task RemoveAsync(IDocumentSession session, UserId user, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<TotpFactor>(user, cancellationToken) is not { } factor)
            return;

        await SecretVault.DestroyAsync(session, AddressOf(user, factor.Secret), cancellationToken);
        session.Delete(factor);
    }

    private static SecretAddress AddressOf(UserId user, SecretName name) =>
        new(Pool: null, SecretId.From($"user.{user.Value:N}"), name);

    // Null when the code is wrong.
    private async Task<long?> StepAsync(TotpFactor factor, string code, CancellationToken cancellationToken)
    {
        using var secret = await vault.OpenAsync(AddressOf(factor.Id, factor.Secret), new(Check), cancellationToken);
        return secret is not null
            && new OtpNet.Totp(secret.Value.Span.ToArray()).VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, Window)
                ? step
                : null;
    }
}
