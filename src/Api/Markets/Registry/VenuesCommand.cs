using System.CommandLine;
using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Registry;

namespace Platform.Api.Markets.Registry;

/// <summary>
/// <c>platform venues kill VENUE ACTIVITY --reason TEXT</c>, and <c>revive</c>: stops what the platform does at a venue, on every
/// node within a second, for whom the endpoint is out of reach.
/// </summary>
internal static class VenuesCommand
{
    private static readonly Argument<string> Venue = new("venue") { Description = "The venue's id." };

    private static readonly Argument<VenueActivity> Activity = new("activity") { Description = "What to stop, or to let go on." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why; everybody may read it.", Required = true };

    public static Command Create(IServiceProvider services)
    {
        Venue.AcceptOnlyFromAmong([.. Venues.All.Select(venue => venue.Id.Value)]);
        Activity.AcceptOnlyFromAmong([.. Enum.GetNames<VenueActivity>().Select(name => name.ToLowerInvariant())]);
        var kill = new Command("kill", "Stop it on every node.") { Venue, Activity, Reason };
        kill.SetAction((arguments, stop) => SwitchAsync(services, arguments, isKill: true, stop));
        var revive = new Command("revive", "Let it go on.") { Venue, Activity, Reason };
        revive.SetAction((arguments, stop) => SwitchAsync(services, arguments, isKill: false, stop));
        var list = new Command("list", "What is stopped now.");
        list.SetAction((_, stop) => ListAsync(services, stop));
        return new("venues", "What the platform does at venues.") { kill, revive, list };
    }

    private static async Task<int> SwitchAsync(IServiceProvider services, ParseResult arguments, bool isKill, CancellationToken stop)
    {
        var decisions = services.GetRequiredService<VenueDecisions>();
        var (venue, activity, reason) = (
            VenueId.From(arguments.GetRequiredValue(Venue)), arguments.GetRequiredValue(Activity), arguments.GetRequiredValue(Reason));
        var answer = isKill
            ? await decisions.KillAsync(token: null, venue, activity, reason, stop)
            : await decisions.ReviveAsync(token: null, venue, activity, reason, stop);
        if (answer.Refusal is { } refusal)
            throw new UsageException(refusal.Detail);

        await Console.Out.WriteLineAsync($"{activity} at {venue} is {(isKill ? "stopped" : "on again")}.".AsMemory(), stop);
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var entries = await session.Query<VenueEntry>().ToListAsync(stop);
        if (entries.All(entry => entry.Kills.IsEmpty))
            await Console.Error.WriteLineAsync("Nothing is stopped.".AsMemory(), stop);
        foreach (var entry in entries)
            foreach (var kill in entry.Kills)
                await Console.Out.WriteLineAsync($"{entry.Venue} {WordConverter.WordOf(kill.Activity)} since {kill.Since:O}: {kill.Reason}".AsMemory(), stop);
        return 0;
    }
}
