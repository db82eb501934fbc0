using System.ComponentModel.DataAnnotations;
using Platform.Workers.Markets.Fetching.Chains;

namespace Platform.Workers.Markets.Fetching;

/// <summary>What is fetched; the section <c>Platform:Fetchers</c>.</summary>
public sealed class FetchingOptions
{
    public const string Section = "Platform:Fetchers";

    /// <summary>
    /// The fetchers that run: ids (TYPE@SOURCE) or types, of which "*" replaces the end. Empty: the public market data of
    /// the platform's own venue. All others are there and can be run by hand.
    /// </summary>
    [MaxLength(200)]
    public IList<string> Run { get; } = [];

    /// <summary>How many run at once on this node.</summary>
    [Range(1, 64)]
    public int ConcurrencyMax { get; set; } = 4;

    /// <summary>How long a single call may take, from sending to the last byte of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:30")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The answers of one fetcher that are kept as they came take no more bytes than that; the oldest go first.</summary>
    [Range(1L << 10, 1L << 40)]
    public long RawBytesMax { get; set; } = 1L << 30;

    /// <summary>The nodes of chains that are asked, and what they are asked about.</summary>
    [MaxLength(50)]
    public IList<ChainNode> Chains { get; } = [];

    /// <summary>The ways for money between chains of which quotes are asked for.</summary>
    [MaxLength(50)]
    public IList<RouteWish> Routes { get; } = [];

    /// <summary>Other addresses than the documented ones, by source: a mirror, a test.</summary>
    public IDictionary<string, Uri> Sources { get; } = new Dictionary<string, Uri>(StringComparer.Ordinal);
}
