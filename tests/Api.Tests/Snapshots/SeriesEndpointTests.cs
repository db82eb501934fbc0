using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Lists;
using Platform.Api.Markets;
using Platform.Api.Snapshots;
using Platform.Api.Tests.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Snapshots;

namespace Platform.Api.Tests.Snapshots;

public sealed class SeriesEndpointTests(SeriesApp app) : IClassFixture<SeriesApp>
{
    private readonly HttpClient client = app.Client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Samples_are_told_hour_by_hour_and_holes_are_said_and_filled_as_asked()
    {
        await StoreAsync("funds.fee", "one/BTC", Every.Hour, (5, 1.5m), (6, 2m), (9, 4m), (10, 5m));

        const string Asked = "/v1/series/funds.fee/samples?bin=one/BTC&from=2024-03-02T06:30:00Z&limit=10";
        var plain = await GetAsync(client, Asked);
        var filled = await GetAsync(client, $"{Asked}&fill=previous&sort=-start&filter.isFilled=eq:true");

        Assert.Equal(
            [("06", "2", "sampled"), ("07", null, "missing"), ("08", null, "missing"), ("09", "4", "sampled"), ("10", "5", "sampled"), ("11", null, "pending")],
            Items(plain).Select(item => (Hour(item), item.GetProperty("value").GetString(), item.GetProperty("state").GetString())));
        Assert.Equal(
            [("11", "5", "pending"), ("08", "2", "missing"), ("07", "2", "missing")],
            Items(filled).Select(item => (Hour(item), item.GetProperty("value").GetString(), item.GetProperty("state").GetString())));
    }

    [Fact]
    public async Task Imported_series_says_its_latest_values_by_day_and_fills_from_before_the_first()
    {
        await StoreAsync("macro.rate", "US", Every.Day, (-48, 3m), (-24, 3.5m));

        var days = await GetAsync(client, "/v1/series/macro.rate/samples?bin=US&every=day&from=2024-03-02T00:00:00Z&to=2024-03-04T00:00:00Z&fill=previous");
        var earlier = await GetAsync(client, "/v1/series/macro.rate/samples?bin=US&every=day&from=2024-02-29T00:00:00Z&fill=previous");

        Assert.Empty(Items(days));
        Assert.Equal([("3", false), ("3.5", false)], Items(earlier).Select(item => (item.GetProperty("value").GetString(), item.GetProperty("isFilled").GetBoolean())));
    }

    [Fact]
    public async Task Every_series_is_listed_with_what_there_is_of_it_and_its_open_gaps()
    {
        await StoreAsync("listed.rate", "US", Every.Day, (-48, 3m), (-24, 3.5m));
        await StoreAsync("listed.rate", "DE", Every.Day, (-72, 2m));
        await StoreAsync("listed.kept", "a", Every.Hour, (5, 1m), (9, 1m));
        await StoreAsync("listed.kept", "a", Every.Day, (0, 1m));
        await app.Services.GetRequiredService<GapRows>().OpenAsync([GapOf("listed.kept", hour: 6), GapOf("listed.kept", hour: 7)], Cancel);

        var all = await GetAsync(client, "/v1/series?filter.series=prefix:listed.&limit=10");

        Assert.Equal(
            [
                "listed.kept|Kept, a test.|3600|30|2024-03-02T00:00:00+00:00|2024-03-02T09:00:00+00:00|2",
                "listed.rate||86400||2024-02-28T00:00:00+00:00|2024-03-01T00:00:00+00:00|0",
            ],
            Items(all).Select(item => string.Join('|', item.EnumerateObject().Select(member => member.Value.ToString()))));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_a_cursor_is_good_for_its_own_bin_alone()
    {
        await StoreAsync("funds.page", "a", Every.Hour, (0, 1m));
        await StoreAsync("funds.page", "b", Every.Hour, (0, 1m));

        const string Asked = "/v1/series/funds.page/samples?from=2024-03-01T12:00:00Z&limit=10";
        var first = await GetAsync(client, $"{Asked}&bin=a");
        var cursor = Uri.EscapeDataString(first.GetProperty("next").GetString()!);
        var second = await GetAsync(client, $"{Asked}&bin=a&cursor={cursor}");
        using var elsewhere = await client.GetAsync($"{Asked}&bin=b&cursor={cursor}", Cancel);

        Assert.Equal(Enumerable.Range(12, 20).Select(hour => $"{hour % 24:00}"), Items(first).Concat(Items(second)).Select(Hour));
        Assert.Equal("invalid_cursor", (await elsewhere.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("nothing/samples?bin=a", 404, "unknown_series")]
    [InlineData("market.volume/samples", 400, "invalid_bin")]
    [InlineData("market.volume/samples?bin=a&every=minute", 400, "invalid_every")]
    [InlineData("market.volume/samples?bin=a&fill=linear", 400, "invalid_fill")]
    [InlineData("market.volume/samples?bin=a&from=yesterday", 400, "invalid_time")]
    [InlineData("market.volume/samples?bin=a&to=0001-01-01T00:00:00Z", 400, "invalid_time")]
    [InlineData("market.volume/samples?bin=a&from=2000-01-01T00:00:00Z", 400, "invalid_time")]
    [InlineData("market.volume/samples?bin=a&bin=b", 400, "duplicate_parameter")]
    [InlineData("market.volume/samples?bin=a&step=1", 400, "unknown_parameter")]
    public async Task Question_that_cannot_be_answered_is_refused_by_name(string target, int status, string code)
    {

        using var response = await client.GetAsync($"/v1/series/{target}", Cancel);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();

    private static Gap GapOf(string series, int hour) => new(
        Guid.CreateVersion7(), series, "a", SeriesApp.Now.AddHours(hour - 12), SeriesApp.Now.AddHours(hour - 11), "hole", GapState.Suspect, Tries: 0,
        SeriesApp.Now, SeriesApp.Now);

    private static string Hour(JsonElement item) => item.GetProperty("start").GetString()![11..13];

    private Task<int> StoreAsync(string series, string bin, Every every, params (int Hour, decimal Value)[] samples) =>
        app.Services.GetRequiredService<SampleRows>().WriteAsync(
            [
                .. samples.Select(sample => every.StartOf(SeriesApp.Now.AddHours(sample.Hour - SeriesApp.Now.Hour))).Zip(
                    samples, (start, sample) => (new SampleKey(series, bin, every, start), Sample.Of(MergeLaw.Last, sample.Value, start))),
            ],
            Cancel);

    private static Task<JsonElement> GetAsync(HttpClient client, string target) => client.GetFromJsonAsync<JsonElement>(target, Cancel);
}

/// <summary>Series and restatements alone, over a database of their own, at an instant that stays.</summary>
public sealed class SeriesApp : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2024, 3, 2, 12, 5, 0, TimeSpan.Zero);

    private readonly MarketDatabase database = new();
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.UsePlatform());
        builder.Services.AddPlatformProblems();
        builder.Services.AddLists(Path.Combine(AppContext.BaseDirectory, "keys"));
        builder.Services.AddPlatformStore(database.Connection);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.AddSnapshots();
        builder.Services.AddSingleton(provider => new Instruments(provider.Database));
        builder.Services.AddSingleton(provider => new Restatements(provider.Database));
        // Registered, so that what is not sampled yet is still to come.
        builder.Services.AddSingleton(new SeriesDefinition("funds.fee", MergeLaw.Last, TimeSpan.FromMinutes(2), Source: null!));
        builder.Services.AddSingleton(new SeriesDescription("listed.kept", "Kept, a test.", TimeSpan.FromHours(1), TimeSpan.FromDays(30)));
        app = builder.Build();
        app.UseExceptionHandler();
        app.MapSeries();
        app.MapGroup("/v1/markets").MapRestatements();
        await app.StartAsync(CancellationToken.None);
        Client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
