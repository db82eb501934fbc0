using JasperFx;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Projections;

namespace Platform.Workers.Markets.Registry;

/// <summary>Keeps this process's <see cref="KillSwitches"/> as the store has them, from when it is started.</summary>
public sealed partial class KillSwitchFollower(
    StoreAddress store, KillSwitches switches, TimeProvider time, ILogger<KillSwitchFollower> logger) : BackgroundService
{
    /// <summary>Leaves with the commit of a kill or a revival; says only that there is something new.</summary>
    public const string Notify = $"notify {Channel}";

    private const string Channel = "kill_switch";

    // One row for each venue that anybody ever decided about.
    private const string Kills =
        $"""
        select data ->> 'venue', kill ->> 'activity', kill ->> 'reason' from {PlatformStore.Schema}.mt_doc_venueentry,
            jsonb_array_elements(data -> 'kills') as kill where tenant_id = '{StorageConstants.DefaultTenantId}'
        """;

    private readonly StoreFollower follower = new(store, Channel, time);

    /// <summary>Nothing is sent before everything that is killed is known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await follower.AskAsync(Ask, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        follower.FollowAsync(Ask, _ => true, LogLost, stoppingToken);

    private void Ask(NpgsqlConnection connection)
    {
        var asked = time.GetTimestamp();
        using var command = new NpgsqlCommand(Kills, connection);
        using var reader = command.ExecuteReader();
        Dictionary<Killable, string> killed = [];
        while (reader.Read())
            killed[new(VenueId.From(reader.GetString(0)), Enum.Parse<VenueActivity>(reader.GetString(1)))] = reader.GetString(2);
        switches.Know(killed, asked);
    }

    [LoggerMessage(LogLevel.Warning, "The kill switches cannot be followed, trying again: {Reason}")]
    private partial void LogLost(string reason);
}
