using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>How prices of all venues are made; the section <c>Platform:Aggregation</c>.</summary>
public sealed class AggregationOptions
{
    public const string Section = "Platform:Aggregation";

    /// <summary>Parts into which the markets are cut, each with a loop of its own; 0 for one a core.</summary>
    [Range(0, 64)]
    public int Shards { get; set; }

    /// <summary>Where trades lie between memory and database; null keeps none, and then a crash loses what was not written.</summary>
    public string? JournalFolder { get; set; }

    /// <summary>All that may lie in the journal, in bytes, while the database is away; then trades are held at the venue.</summary>
    [Range(1_000_000, 100_000_000_000)]
    public long JournalMax { get; set; } = 1_000_000_000;

    /// <summary>So many seconds of markets are written at once.</summary>
    [Range(1, 1_000_000)]
    public int BatchRows { get; set; } = 5_000;

    /// <summary>And what there is after so long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan BatchPeriod { get; set; } = TimeSpan.FromMinutes(5);

    internal int ShardCount => Shards > 0 ? Shards : Environment.ProcessorCount;
}
