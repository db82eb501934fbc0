using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Values;

namespace Platform.Api.Tests.Attacks;

/// <summary>What is another pool's looks as if it were not there, whatever is asked of it and however its name was come by.</summary>
public sealed partial class OwnershipTests(PlatformHost platform)
{
    private const int Samples = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_01_everything_of_another_pool_is_not_found()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        var (order, _) = await owner.PlaceAsync(await owner.RestingOrderAsync());
        await owner.OrderWhenAsync(order, "working");
        var before = await owner.EventsAsync();
        var asked = 0;
        foreach (var (verb, path) in Routes(owner.Pool, order))
        {
            using var request = new HttpRequestMessage(new(verb), path);
            using var answer = await stranger.Http.SendAsync(request, Cancel);
            await Problem.ExpectAsync(answer, 404, "not_found");
            asked++;
        }

        Assert.InRange(asked, 12, int.MaxValue);
        Assert.Equal(before, await owner.EventsAsync());
    }

    [Fact]
    public async Task Attack_01_what_is_anothers_takes_as_long_as_what_is_not_there()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        var (order, _) = await owner.PlaceAsync(await owner.RestingOrderAsync());
        var (anothers, nobodys) = ($"{owner.Path}/orders/{order}", $"/v1/pools/{Guid.CreateVersion7()}/orders/{Guid.CreateVersion7()}");
        List<(double Anothers, double Nobodys)> times = [];
        // In turns, so that whatever else the machine does meets both alike.
        for (var sample = 0; sample < Samples; sample++)
            times.Add((await TimeAsync(stranger, anothers), await TimeAsync(stranger, nobodys)));

        var (one, other) = (Median(times.Select(each => each.Anothers)), Median(times.Select(each => each.Nobodys)));
        // A tenth, and what a busy machine adds: what a difference in the work would cost, a read of the order, is more.
        Assert.InRange(one, (0.9 * other) - 1, (1.1 * other) + 1);
    }

    [Fact]
    public async Task Attack_02_guessed_neighbours_of_a_known_id_are_not_found()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        var (order, _) = await owner.PlaceAsync(await owner.RestingOrderAsync());
        foreach (var step in (int[])[-2, -1, 0, 1, 2])
        {
            string[] guesses =
                [$"/v1/pools/{Beside(owner.Pool.Value, step)}/orders", $"{stranger.Path}/orders/{Beside(order, step)}", $"{stranger.Path}/orders/{step + 2}"];
            foreach (var guess in guesses)
            {
                using var answer = await stranger.Http.GetAsync(guess, Cancel);
                await Problem.ExpectAsync(answer, 404, "not_found");
            }
        }
    }

    private static Guid Beside(Guid id, int step)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        bytes[^1] = (byte)(bytes[^1] + step);
        return new(bytes, bigEndian: true);
    }

    private static async Task<double> TimeAsync(Trader trader, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await trader.Http.GetAsync(path, Cancel);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(Samples / 2);

    // Every route of a pool, whoever adds one.
    private IEnumerable<(string Verb, string Path)> Routes(PoolId pool, Guid order) =>
        from route in platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let text = $"/{route.RoutePattern.RawText!.TrimStart('/')}"
        where text.StartsWith("/v1/pools/{poolId", StringComparison.Ordinal)
        from verb in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (verb, Value().Replace(PoolValue().Replace(text, $"{pool}"), $"{order}"));

    [GeneratedRegex(@"\{poolId[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex PoolValue();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Value();
}
