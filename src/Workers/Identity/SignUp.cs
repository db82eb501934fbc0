using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Wolverine;

namespace Platform.Workers.Identity;

/// <summary>Somebody wants to become a user.</summary>
/// <param name="Email">Lower case.</param>
public sealed record SignUp(UserId UserId, string Email)
{
    // What names a person stays out of logs.
    public override string ToString() => $"SignUp {{ UserId = {UserId} }}";
}

/// <summary>Somebody forgot their password.</summary>
/// <param name="Email">Lower case.</param>
public sealed record Recover(string Email)
{
    public override string ToString() => nameof(Recover);
}

/// <summary>
/// Both ask the address, whoever it belongs to; who asked learns nothing about it. No password is taken from whoever has
/// not answered: it would be theirs who asked, on an account of the one who answers.
/// </summary>
public static class SignUpHandler
{
    public static async Task<(Answer, OutgoingMessages)> HandleAsync(
        SignUp command, IDocumentSession session, CancellationToken cancellationToken)
    {
        if (await session.UserOfAsync(command.Email, cancellationToken) is { } known)
            return (Answer.Done, [new SendAddressLetter(known, IsForgotten: false)]);

        session.Insert(new UserAccount(command.UserId, command.Email, PasswordHash: null));
        var answer = await session.DecideAsync(
            command.UserId, user => UserDecider.Decide(new RegisterUser(command.UserId), user), cancellationToken);
        return (answer, [new SendAddressLetter(command.UserId, IsForgotten: false)]);
    }

    public static async Task<(Answer, OutgoingMessages)> HandleAsync(
        Recover command, IDocumentSession session, CancellationToken cancellationToken) =>
        await session.UserOfAsync(command.Email, cancellationToken) is { } known
            ? (Answer.Done, [new SendAddressLetter(known, IsForgotten: true)])
            : (Answer.Done, []);

    extension(IDocumentSession session)
    {
        private async Task<UserId?> UserOfAsync(string email, CancellationToken cancellationToken) =>
            (await session.Query<UserAccount>().SingleOrDefaultAsync(user => user.Email == email, cancellationToken))?.Id;
    }
}
