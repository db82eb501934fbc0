using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;
using Platform.Workers.Markets.Heatmap;
using Platform.Workers.Tests.Markets.Fetching;

namespace Platform.Workers.Tests.Markets;

/// <summary>How much there is of an asset: counted, read from its contract, or declared; always with who says so and as of when.</summary>
public sealed class AssetSuppliesTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Contract = "eip155:1/0x2260fac5e5542a773aa44fbcfedf7c193bc2c599";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Supply_is_as_of_its_date_by_whoever_says_so_and_what_is_counted_goes_first()
    {
        await using var source = NpgsqlDataSource.Create(database.Connection);
        await FactAsync(source, "chain.value@defillama", "stablecoin/1", Noon, new StablecoinSupply("DAI", "peggedUSD", 5_000, Price: null));
        await FactAsync(source, "chain.tokens@eip155:1", Contract, Fact.Standing, new TokenTerms("eip155:1", Contract[9..], "WBTC", "Wrapped BTC", 8, 130_000.5m));
        var options = new HeatmapOptions
        {
            Supplies =
            {
                ["BTC"] = new() { BitcoinHeight = 840_000, Source = "A node of ours", At = Noon.AddDays(-1) },
                ["ETH"] = new() { Circulating = 120_500_000, Source = "A report", At = Noon.AddDays(-80) },
                ["DAI"] = new() { Circulating = 1, Source = "A guess", At = Noon },
                ["WBTC"] = new() { Token = "eip155:1/0x2260FAC5E5542A773AA44FBCFEDF7C193BC2C599" },
                ["WETH"] = new() { Token = "eip155:1/0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2" },
            },
        };
        var supplies = new AssetSupplies(new(source), Options.Create(options), TimeProvider.System);

        var known = await supplies.KnownAtAsync(Noon.AddHours(1), Cancel);
        var earlier = await supplies.KnownAtAsync(Noon.AddDays(-2), Cancel);
        var later = await supplies.KnownAtAsync(Noon.AddDays(20), Cancel);

        Assert.Equal(
            [
                ("BTC", 19_687_503.125m, "A node of ours", Noon.AddDays(-1)), ("DAI", 5_000, "DefiLlama", Noon),
                ("ETH", 120_500_000, "A report", Noon.AddDays(-80)), ("WBTC", 130_000.5m, $"totalSupply of {Contract}", Noon),
            ],
            known.OrderBy(supply => supply.Key.Value, StringComparer.Ordinal)
                .Select(supply => (supply.Key.Value, supply.Value.Circulating, supply.Value.Source, supply.Value.At)));
        Assert.Equal(["ETH"], earlier.Keys.Select(asset => asset.Value));
        Assert.DoesNotContain(Asset.From("ETH"), later.Keys);
    }

    [Fact]
    public void Supply_is_declared_in_one_way_with_its_source_and_date()
    {
        Assert.Empty(FaultsOf("BTC", new() { Circulating = 1, Source = "Us", At = Noon }));
        Assert.Empty(FaultsOf("WBTC", new() { Token = Contract }));

        Assert.NotEmpty(FaultsOf("BTC", new()));
        Assert.NotEmpty(FaultsOf("BTC", new() { Circulating = 1, At = Noon }));
        Assert.NotEmpty(FaultsOf("BTC", new() { Circulating = 0, Source = "Us", At = Noon }));
        Assert.NotEmpty(FaultsOf("BTC", new() { Circulating = 1, BitcoinHeight = 1, Source = "Us", At = Noon }));
        Assert.NotEmpty(FaultsOf("BTC", new() { BitcoinHeight = -1, Source = "Us", At = Noon }));
        Assert.NotEmpty(FaultsOf("WBTC", new() { Token = "0x1" }));
        Assert.NotEmpty(FaultsOf("btc", new() { Circulating = 1, Source = "Us", At = Noon }));
    }

    private static List<ValidationResult> FaultsOf(string asset, DeclaredSupply supply)
    {
        var options = new HeatmapOptions { Supplies = { [asset] = supply } };
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true);
        return faults;
    }

    private static async Task FactAsync(NpgsqlDataSource source, string fetcher, string subject, DateTimeOffset at, FactContent content)
    {
        await using var command = source.CreateCommand(
            """
            insert into platform.fetched_fact (fetcher, subject, at, published_at, content, parser, about, raw_at)
            values ($1, $2, $3, $4, $5::jsonb, 1, '', $4)
            """);
        foreach (var value in (object[])[fetcher, subject, at, Noon, JsonSerializer.Serialize(content, FactContent.Json)])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
