using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Lists;
using Platform.Benchmarks.Orders;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Lists;

/// <summary>
/// A page of trades, and all of them as a spreadsheet, by the whole platform, against <see cref="PlainServer"/>: who asks,
/// what they may, how much they asked lately, cursors and formulas are what ours does beside. In turn, one at a time.
/// </summary>
public static class ListBench
{
    internal const int PageSize = 50;

    private const int Rows = 100_000;
    private const int WarmUp = 200;
    private const int Blocks = 10;
    private const int PagesPerBlock = 100;
    private const int Exports = 5;

    private static readonly TimeSpan StartLongest = TimeSpan.FromSeconds(60);

    // Nobody else asks that often: what limits callers is not what is measured.
    private static readonly (string Name, string Value)[] Unlimited =
        [("Platform__RateLimits__Api__Average", "1000000"), ("Platform__RateLimits__Api__Burst", "1000000")];

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        await using var stand = await TradingStand.RaiseAsync(cancel, Unlimited);
        using var platform = new HttpClient { BaseAddress = stand.Platform };
        var pool = await SignInAsync(platform, cancel);
        await PastTrades.InsertAsync(stand.Connection, pool, Rows, cancel);
        var log = Path.GetTempFileName();
        using var plain = new HttpClient { BaseAddress = new($"http://127.0.0.1:{FreePort.Next()}") };
        await using var server = ChildProcess.Start(
            Environment.ProcessPath!, [PlainServer.Argument, stand.Connection, pool, plain.BaseAddress.ToString()], new Dictionary<string, string>(), log);
        try
        {
            await server.IsReadyAsync(new(plain.BaseAddress, "/ready"), StartLongest, cancel);
            return
            [
                .. await PagesAsync(new(platform, $"/v1/pools/{pool}/trades?limit={PageSize}"), new(plain, "/page"), cancel),
                .. await ExportsAsync(new(platform, $"/v1/pools/{pool}/trades"), stand.ProcessId, new(plain, "/export"), server.Id, cancel),
            ];
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static async Task<IReadOnlyList<BenchRow>> PagesAsync(Source ours, Source bare, CancellationToken cancel)
    {
        var (our, their) = (new Samples(), new Samples());
        await BlockAsync(ours, new(), WarmUp);
        await BlockAsync(bare, new(), WarmUp);
        for (var block = 0; block < Blocks; block++)
        {
            await BlockAsync(ours, our, PagesPerBlock);
            await BlockAsync(bare, their, PagesPerBlock);
        }

        return [Row(50), Row(99)];

        async Task BlockAsync(Source source, Samples samples, int pages)
        {
            for (var page = 0; page < pages; page++)
                samples.Add(await source.ReadAsync("application/json", cancel));
        }

        BenchRow Row(int percent) => new(
            $"page of {PageSize} of {Rows} trades, p{percent}", Samples.Text(our.At(percent)), Samples.Text(their.At(percent)),
            Samples.Ratio(our.At(percent), their.At(percent)));
    }

    private static async Task<IReadOnlyList<BenchRow>> ExportsAsync(
        Source ours, int ourProcess, Source bare, int theirProcess, CancellationToken cancel)
    {
        var (our, their) = (new Samples(), new Samples());
        var (ourStart, theirStart) = (await ProcessMemory.WatchAsync(ourProcess, cancel), await ProcessMemory.WatchAsync(theirProcess, cancel));
        for (var number = 0; number < Exports; number++)
        {
            our.Add(await ours.ReadAsync(ExcelFile.MediaType, cancel));
            their.Add(await bare.ReadAsync(ExcelFile.MediaType, cancel));
        }

        var (ourPeak, theirPeak) = (
            await ProcessMemory.PeakAsync(ourProcess, cancel) - ourStart, await ProcessMemory.PeakAsync(theirProcess, cancel) - theirStart);
        return
        [
            new($"{Rows} trades as a spreadsheet, median", PerSecond(our), PerSecond(their), Samples.Ratio(our.At(50), their.At(50))),
            new("the same, memory beyond what was taken before", Mebibytes(ourPeak), Mebibytes(theirPeak), (decimal)ourPeak / theirPeak),
        ];

        static string PerSecond(Samples samples) => string.Create(CultureInfo.InvariantCulture, $"{Rows / samples.At(50).TotalSeconds:N0} rows/s");

        static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F0} MiB");
    }

    private static async Task<string> SignInAsync(HttpClient platform, CancellationToken cancel)
    {
        using var answer = await platform.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = TradingStand.Email, password = TradingStand.Password }, cancel);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("token").GetString()!;
        platform.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var pools = await platform.GetFromJsonAsync<JsonElement>("/v1/pools", cancel);
        return pools.GetProperty("items")[0].GetProperty("poolId").GetString()!;
    }

    private sealed record Source(HttpClient Http, string Path)
    {
        /// <summary>How long the whole answer took.</summary>
        public async Task<TimeSpan> ReadAsync(string mediaType, CancellationToken cancel)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.Accept.Add(new(mediaType));
            var start = Stopwatch.GetTimestamp();
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null, cancel);
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
