using Platform.Api.Tests.Realtime;

namespace Platform.Api.Tests.Attacks;

/// <summary>All clients come back at once, while what they watch goes on.</summary>
public sealed class ReconnectStormTests
{
    private const int Clients = 200;
    private const int Storms = 2;
    private const int RowsPerStorm = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_39_no_client_of_a_storm_misses_a_committed_row()
    {
        var stored = new Stored();
        await using var host = await PushHost.StartAsync(stored);
        var clients = Enumerable.Range(0, Clients).Select(_ => new Comer(host)).ToList();
        Commit(host, stored, 1);
        await Task.WhenAll(clients.Select(client => client.ComeAsync()));
        for (var storm = 0; storm < Storms; storm++)
        {
            await Task.WhenAll(clients.Select(client => client.LeaveAsync()));
            var coming = Task.WhenAll(clients.Select(client => client.ComeAsync()));
            await WriteAsync(host, stored);
            await coming;
        }

        const int last = 1 + (Storms * RowsPerStorm);
        await Task.WhenAll(clients.Select(client => client.ReadToAsync(last)));
        Assert.All(clients, client => Assert.Equal(Enumerable.Range(1, last), client.Rows));
        await Task.WhenAll(clients.Select(client => client.LeaveAsync()));
    }

    private static async Task WriteAsync(PushHost host, Stored stored)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var row = 0; row < RowsPerStorm && await timer.WaitForNextTickAsync(Cancel); row++)
            Commit(host, stored, stored.Trades.Count + 1);
    }

    // The row is there before anybody is told.
    private static void Commit(PushHost host, Stored stored, int row)
    {
        stored.Trades.Enqueue(row);
        host.Topics.Append(new("trades", "pool"), row, row);
    }

    /// <summary>One client over all its connections.</summary>
    private sealed class Comer(PushHost host)
    {
        private PushClient? client;
        private PushEntry? last;

        public List<int> Rows { get; } = [];

        public async Task ComeAsync()
        {
            client = await PushClient.ConnectAsync(host, PushHost.TokenOf("pool", TimeSpan.FromHours(1)));
            Assert.Null((await client.WatchAsync("trades/pool", last)).Code);
            Take(await client.NextAsync(entry => entry.Kind is PushEntry.Snapshot or PushEntry.Delta or PushEntry.Position));
        }

        public async Task ReadToAsync(int row)
        {
            while (Rows.Count == 0 || Rows[^1] < row)
                Take(await client!.NextAsync());
        }

        public async Task LeaveAsync() => await client!.DisposeAsync();

        private void Take(PushEntry entry)
        {
            if (entry.Kind is PushEntry.Position)
                return;

            // A gap would be a row that was lost.
            if (entry.Kind is PushEntry.Delta)
                Assert.Equal(last?.To + 1, entry.From);
            Rows.AddRange(entry.Body.EnumerateArray().Select(each => each.GetInt32()).Where(each => Rows.Count == 0 || each > Rows[^1]));
            last = entry;
        }
    }
}
