using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>A fetcher that the platform has not: all that it takes is this file, and a line that registers it.</summary>
internal sealed class RiverLevels(FetchClient client) : IFetcher
{
    public static readonly FetcherId Id = FetcherId.Of("river.levels", "gauge");

    /// <summary>What the better parser reads, which the first one does not.</summary>
    public bool ReadsCentimeters { get; set; }

    public FetchBudget Budget { get; set; } = new("gauge", CallsMax: 1_000, TimeSpan.FromMinutes(1), CallCost: 0.001m);

    public string Query { get; set; } = "";

    public FetcherTerms Terms => new(
        Id, "Levels of a river", "https://gauge.example", FetchSchedule.Every(TimeSpan.FromMinutes(10)), Budget, new("CC0-1.0"),
        StaleAfter: TimeSpan.FromHours(1), GapRule.Each(TimeSpan.FromDays(1)), Parser: ReadsCentimeters ? 2 : 1, RawKept: TimeSpan.FromDays(7),
        FactsKept: TimeSpan.FromDays(3_650));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        new FetchCall("levels", stop => client.AskAsync(new("gauge", $"{client.AddressOf("gauge", "https://gauge.example")}/levels{Query}"), stop))
        {
            PositionAfter = raw => raw.At.ToString("O"),
        },
    ]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        return ParsedFacts.Of([.. json.RootElement.EnumerateObject().Select(each => new Fact(
            "river", DateTimeOffset.Parse(each.Name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), raw.At,
            new Observation(ReadsCentimeters ? each.Value.GetDecimal() * 100 : each.Value.GetDecimal(), ReadsCentimeters ? "cm" : "m")))]);
    }
}
