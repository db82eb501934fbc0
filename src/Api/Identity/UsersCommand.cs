using System.CommandLine;
using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>
/// <c>platform users level EMAIL LEVEL</c>: how the first staff comes to be, and a second pair of eyes where there is one;
/// <c>platform users reset-factors EMAIL</c>: how who lost the second factor comes back, once a person is sure of who asks.
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
        var reset = new Command("reset-factors", "Take a user's one-time codes and passkeys away, for who lost them.") { Email };
        reset.SetAction((arguments, stop) => ResetAsync(services, arguments.GetRequiredValue(Email), stop));
        return new("users", "Who uses the platform.") { level, reset };
    }

    private static async Task<int> SetLevelAsync(IDocumentStore store, string typed, PlatformLevel level, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        var account = await AccountOfAsync(session, typed, stop);
        var set = new SetUserLevels(account.Id, level, Plan: null, Kyc: null, By: null, PlatformLevel.Architect);
        var answer = await UserHandler.HandleAsync(set, session, stop);
        if (answer.Refusal is { } refusal)
            throw new UsageException(refusal.Detail);

        await session.SaveChangesAsync(stop);
        await Console.Out.WriteLineAsync($"{account.Email} is {level} on the platform.".AsMemory(), stop);
        return 0;
    }

    private static async Task<int> ResetAsync(IServiceProvider services, string typed, CancellationToken stop)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var account = await AccountOfAsync(session, typed, stop);
        var answer = await services.GetRequiredService<AccountChanges>().ResetFactorsAsync(account.Id, stop);
        if (answer.Refusal is { } refusal)
            throw new UsageException(refusal.Detail);

        await Console.Out.WriteLineAsync($"{account.Email} signs in by the password alone; every session has ended.".AsMemory(), stop);
        return 0;
    }

    private static async Task<UserAccount> AccountOfAsync(IQuerySession session, string typed, CancellationToken stop)
    {
        var email = typed.Trim().ToLowerInvariant();
        return await session.Query<UserAccount>().SingleOrDefaultAsync(known => known.Email == email, stop)
            ?? throw new UsageException($"Nobody has registered with {email}.");
    }
}
