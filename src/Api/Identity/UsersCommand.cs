using System.CommandLine;
using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>
/// <c>platform users level EMAIL LEVEL</c>: how the first staff comes to be, and a second pair of eyes where there is one.
/// Whoever runs it has the database anyway.
/// </summary>
internal static class UsersCommand
{
    private static readonly Argument<string> Email = new("email") { Description = "The address that the user registered with." };

    private static readonly Argument<PlatformLevel> Level = new("level") { Description = "What the user may on the platform." };

    public static Command Create(IServiceProvider services)
    {
        Level.AcceptOnlyFromAmong([.. Enum.GetNames<PlatformLevel>().Select(name => name.ToLowerInvariant())]);
        var level = new Command("level", "Set what a user may on the platform.") { Email, Level };
        level.SetAction((arguments, stop) => SetLevelAsync(
            services.GetRequiredService<IDocumentStore>(), arguments.GetRequiredValue(Email), arguments.GetRequiredValue(Level), stop));
        return new("users", "Who uses the platform.") { level };
    }

    private static async Task<int> SetLevelAsync(IDocumentStore store, string typed, PlatformLevel level, CancellationToken stop)
    {
        var email = typed.Trim().ToLowerInvariant();
        await using var session = store.LightweightSession();
        if (await session.Query<UserAccount>().SingleOrDefaultAsync(known => known.Email == email, stop) is not { } account)
            throw new UsageException($"Nobody has registered with {email}.");

        var set = new SetUserLevels(account.Id, level, Plan: null, Kyc: null, By: null, PlatformLevel.Architect);
        var answer = await UserHandler.HandleAsync(set, session, stop);
        if (answer.Refusal is { } refusal)
            throw new UsageException(refusal.Detail);

        await session.SaveChangesAsync(stop);
        await Console.Out.WriteLineAsync($"{email} is {level} on the platform.".AsMemory(), stop);
        return 0;
    }
}
