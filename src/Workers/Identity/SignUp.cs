using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Wolverine;

namespace Platform.Workers.Identity;

/// <summary>Somebody wants to become a user.</summary>
/// <param name="Email">Lower case.</param>
/// <param name="PasswordHash">Argon2id in the PHC string format.</param>
public sealed record SignUp(UserId UserId, string Email, string PasswordHash)
{
    // What names a person or proves who it is stays out of logs.
    public override string ToString() => $"SignUp {{ UserId = {UserId} }}";
}

/// <summary>A registration asks the address, whoever it belongs to; who asked learns nothing about it.</summary>
public static class SignUpHandler
{
    public static async Task<(Answer, OutgoingMessages)> HandleAsync(
        SignUp command, IDocumentSession session, CancellationToken cancellationToken)
    {
        var known = await session.Query<UserAccount>().SingleOrDefaultAsync(user => user.Email == command.Email, cancellationToken);
        if (known is not null)
            return (Answer.Done, [new SendAddressLetter(known.Id)]);

        session.Insert(new UserAccount(command.UserId, command.Email, command.PasswordHash));
        var answer = await session.DecideAsync(
            command.UserId, user => UserDecider.Decide(new RegisterUser(command.UserId), user), cancellationToken);
        return (answer, [new SendAddressLetter(command.UserId)]);
    }
}
