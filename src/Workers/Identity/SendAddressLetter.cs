using Marten;
using Microsoft.Extensions.Options;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity.Mail;
using Wolverine;

namespace Platform.Workers.Identity;

/// <summary>Write to whoever an address belongs to, because somebody registered with it or says to have forgotten the password.</summary>
public sealed record SendAddressLetter(UserId UserId, bool IsForgotten);

/// <summary>May run twice: the letter has the message's own id, and both copies hold a proof that is good.</summary>
public static class SendAddressLetterHandler
{
    public static async Task HandleAsync(
        SendAddressLetter message, Envelope envelope, IDocumentStore store, AddressProof proof, Mailer mailer,
        IOptions<MailOptions> options, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var user = await session.LoadAsync<User>(message.UserId, cancellationToken);
        var account = await session.LoadAsync<UserAccount>(message.UserId, cancellationToken);
        // Whoever left meanwhile gets no letter.
        if (user is null || account is null)
            return;

        var letter = (user, message) switch
        {
            ({ IsVerified: false }, _) => Confirm(account, proof.For(account), options.Value.PublicUrl),
            (_, { IsForgotten: true }) => Forgotten(account, proof.For(account), options.Value.PublicUrl),
            _ => Known(account),
        };
        await mailer.SendAsync(envelope.Id, letter, cancellationToken);
    }

    // Behind the hash sign nothing is sent to any server, and no log keeps it.
    private static Letter Confirm(UserAccount account, string code, Uri app) => new(
        account.Email, "Confirm your address",
        $"""
        Someone, hopefully you, wants an account with this address.

        Choose a passphrase for it within {AddressProof.Lifetime.TotalHours:0} hours:

        {new Uri(app, $"/verify#{code}")}

        If it was not you, do nothing: without your answer nobody can use the account.
        """);

    private static Letter Forgotten(UserAccount account, string code, Uri app) => new(
        account.Email, "Choose a new passphrase",
        $"""
        Someone, hopefully you, has forgotten the passphrase of your account.

        Choose another within {AddressProof.Lifetime.TotalHours:0} hours; every session ends then:

        {new Uri(app, $"/verify#{code}")}

        If it was not you, do nothing: your passphrase stays as it is.
        """);

    private static Letter Known(UserAccount account) => new(
        account.Email, "You have an account already",
        """
        Someone, hopefully you, tried to register with this address. It has an account already: just sign in.

        If it was not you, there is nothing to do: nothing was changed.
        """);
}
