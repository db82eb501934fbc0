using System.ComponentModel.DataAnnotations;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets;

/// <summary>Where the venue is and who the platform is there; the section <c>Platform:Venue</c>.</summary>
public sealed class VenueOptions
{
    public const string Section = "Platform:Venue";

    /// <summary>What the platform calls the venue.</summary>
    [Required]
    public string Name { get; set; } = "paper";

    [Required]
    public Uri RestUrl { get; set; } = new("http://127.0.0.1:8090");

    /// <summary>Market streams; on Binance wss://stream.binance.com:9443.</summary>
    [Required]
    public Uri StreamUrl { get; set; } = new("ws://127.0.0.1:8090");

    /// <summary>The WebSocket API that carries the user stream; null when it is at <see cref="StreamUrl"/>.</summary>
    public Uri? ApiStreamUrl { get; set; }

    /// <summary>
    /// A file with the venue's credentials, which its owner alone may read: <c>{"apiKey":"…","secretKey":"…"}</c>. What it
    /// holds is sealed in the vault, once, and nothing is read from the file afterwards. Null when they are in the vault already.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>How long a single call may take, from sending to the last byte of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the venue takes from whoever makes a price, as a fraction; null while unknown.</summary>
    [Range(-0.1, 0.1)]
    public decimal? MakerRate { get; set; }

    /// <summary>What the venue takes from whoever takes one, as a fraction; null while unknown: then routes leave it out.</summary>
    [Range(-0.1, 0.1)]
    public decimal? TakerRate { get; set; }

    /// <summary>The markets to follow, as BASE-QUOTE; empty for the four that every venue of ours has.</summary>
    [MaxLength(50)]
    public IList<string> Watch { get; } = [];

    internal FeeRates? Fees => (MakerRate, TakerRate) is ({ } maker, { } taker) ? new(maker, taker) : null;

    /// <exception cref="ArgumentException">A configured market is not BASE-QUOTE.</exception>
    internal IReadOnlyList<Symbol> Watched =>
        [.. (Watch.Count > 0 ? Watch : ["BTC-USDT", "ETH-USDT", "BNB-USDT", "ETH-BTC"]).Select(Symbol.From).Distinct()];
}
