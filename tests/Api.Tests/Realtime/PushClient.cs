using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Platform.Api.Tests.Realtime;

/// <summary>One entry of a frame as a client reads it.</summary>
public sealed record PushEntry(int Ref, int Kind, string Epoch, long From, long To, JsonElement Body)
{
    public const int Snapshot = 0;
    public const int Delta = 1;
    public const int Position = 2;
    public const int Gone = 4;
}

/// <summary>One answer of <c>Watch</c>.</summary>
public sealed record PushReply(string Topic, int Ref, string? Code);

/// <summary>The official client, and the frames it received.</summary>
public sealed class PushClient : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly HubConnection connection;
    private readonly Channel<PushEntry> entries = Channel.CreateUnbounded<PushEntry>();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PushClient(HubConnection connection)
    {
        this.connection = connection;
        connection.On<JsonElement>("f", Take);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>When each frame came (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public IList<long> FrameTimes { get; } = [];

    public TimeSpan LongestSilence => FrameTimes.Zip(FrameTimes.Skip(1), Stopwatch.GetElapsedTime).Max();

    public Task Closed => closed.Task.WaitAsync(Deadline);

    public static Task<PushClient> ConnectAsync(PushHost host, string? headerToken = null) =>
        ConnectAsync(host.Address, headerToken);

    public static async Task<PushClient> ConnectAsync(Uri address, string? headerToken = null)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(address, "/hub"), http =>
            {
                http.Transports = HttpTransportType.WebSockets;
                http.SkipNegotiation = true;
                if (headerToken is not null)
                    http.Headers["Authorization"] = $"Bearer {headerToken}";
            })
            .WithKeepAliveInterval(TimeSpan.FromSeconds(5))
            .Build();
        var client = new PushClient(hub);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return client;
    }

    public Task<DateTimeOffset> AuthenticateAsync(string token) =>
        connection.InvokeAsync<DateTimeOffset>("Authenticate", token);

    public async Task<PushReply> WatchAsync(string topic, PushEntry? since = null) =>
        Assert.Single(await connection.InvokeAsync<List<PushReply>>(
            "Watch", new[] { new { topic, epoch = since?.Epoch, sequence = since?.To } }));

    public Task<IReadOnlyList<PushReply>> WatchManyAsync(IEnumerable<string> topics) =>
        connection.InvokeAsync<IReadOnlyList<PushReply>>("Watch", topics.Select(topic => new { topic }).ToArray());

    public Task UnwatchAsync(params int[] refs) => connection.InvokeAsync("Unwatch", refs);

    public async Task<PushEntry> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await entries.Reader.ReadAsync(deadline.Token);
    }

    public async Task<PushEntry> NextAsync(Predicate<PushEntry> isWanted)
    {
        while (true)
        {
            if (await NextAsync() is var entry && isWanted(entry))
                return entry;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private void Take(JsonElement frame)
    {
        FrameTimes.Add(Stopwatch.GetTimestamp());
        Assert.Equal(1, frame[0].GetInt32());
        foreach (var entry in frame[2].EnumerateArray())
        {
            entries.Writer.TryWrite(new(
                entry[0].GetInt32(), entry[1].GetInt32(), entry[2].GetString()!, entry[3].GetInt64(),
                entry[4].GetInt64(), entry[5].Clone()));
        }
    }
}
