using System.Threading.Channels;

namespace Platform.Simulation;

/// <summary>Hands out the orders life by life, and ends each life of the platform at a random moment.</summary>
/// <param name="kills">How often the platform is killed.</param>
public sealed class Chaos(Stage stage, Random random, int kills)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(0.8);

    // PostgreSQL restarts in this many lives, the last one included, in which the platform has to live through it.
    private const int PostgresRestarts = 3;

    /// <summary>Ends with a platform that runs, after every order was handed out.</summary>
    public async Task RageAsync(ChannelWriter<PlannedOrder> desk, IReadOnlyList<PlannedOrder> orders, CancellationToken cancel)
    {
        var lives = kills + 1;
        for (var life = 0; life < lives; life++)
        {
            // Every fourth life is cut at its very start, while what the last one left is being picked up.
            if (life % 4 != 3 || life == kills)
                await stage.PlatformIsReadyAsync(cancel);
            foreach (var order in orders.Where((_, index) => index * lives / orders.Count == life))
                await desk.WriteAsync(order, cancel);

            await SomeTimeAsync(cancel);
            if ((life + 1) % (lives / PostgresRestarts) == 0)
                await stage.RestartPostgresAsync(cancel);
            if (life < kills)
                await KillAsync(cancel);
        }

        desk.Complete();
    }

    private async Task KillAsync(CancellationToken cancel)
    {
        await SomeTimeAsync(cancel);
        await stage.KillPlatformAsync();
        stage.StartPlatform();
    }

    private Task SomeTimeAsync(CancellationToken cancel) =>
        Task.Delay(LongestPause * random.NextDouble(), TimeProvider.System, cancel);
}
