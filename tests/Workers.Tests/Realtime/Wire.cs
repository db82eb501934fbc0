using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

/// <summary>A server, and connections to it that are stepped by hand: no loop runs, so every order can be tried.</summary>
internal sealed class Wire : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RealtimeLimits limits;
    private readonly Feature[] features;
    private WatchList? watches;
    private FrameFilling? filling;
    private FeedLoader? loader;

    public Wire(RealtimeLimits limits, params Feature[] features)
    {
        this.limits = limits;
        this.features = features;
        Metrics = new(services.GetRequiredService<IMeterFactory>());
        Topics = NewTopics();
    }

    public FakeTimeProvider Time { get; } = new();

    public RealtimeMetrics Metrics { get; }

    public Topics Topics { get; private set; }

    public bool IsConnected => watches is not null;

    public void Connect()
    {
        watches = new(Topics, limits, new());
        filling = new(watches, limits, Metrics);
        loader = new(watches, Topics.Load, new(), limits, Time, NullLogger.Instance);
    }

    public void Disconnect()
    {
        watches?.Close();
        watches = null;
    }

    /// <summary>The process ends and another begins.</summary>
    public void Restart()
    {
        Disconnect();
        Topics.Dispose();
        Topics = NewTopics();
    }

    public WatchAnswer Watch(Topic topic, Follower? since = null)
    {
        var answer = watches!.Add(
            topic, since?.Epoch is { } epoch ? new(epoch, since.Sequence) : null, isPrivate: false);
        watches.Begin();
        return answer;
    }

    /// <summary>One turn of the pump.</summary>
    public IReadOnlyList<Entry> Pump(bool tellPositions = false)
    {
        var frame = new Frame();
        filling!.Fill(frame, Time.GetUtcNow(), tellPositions);
        return Entry.OfFrame(frame.Bytes);
    }

    /// <summary>One turn of the loader.</summary>
    public Task LoadAsync() => loader!.LoadAsync(CancellationToken.None);

    /// <summary>Turns both until there is nothing more to tell.</summary>
    public async Task<IReadOnlyList<Entry>> SettleAsync()
    {
        var all = new List<Entry>();
        for (var quiet = 0; quiet < 2;)
        {
            var entries = Pump();
            await LoadAsync();
            all.AddRange(entries);
            quiet = entries.Count == 0 ? quiet + 1 : 0;
        }

        return all;
    }

    public void Dispose()
    {
        Topics.Dispose();
        services.Dispose();
    }

    private Topics NewTopics() => new(features, limits, Options.Create(new JsonOptions()), Time);
}
