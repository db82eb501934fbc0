using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Markets;

/// <summary>Where the venue is and who the platform is there; the section <c>Platform:Venue</c>.</summary>
public sealed class VenueOptions
{
    public const string Section = "Platform:Venue";

    [Required]
    public Uri RestUrl { get; set; } = new("http://127.0.0.1:8090");

    /// <summary>Market streams; on Binance wss://stream.binance.com:9443.</summary>
    [Required]
    public Uri StreamUrl { get; set; } = new("ws://127.0.0.1:8090");

    /// <summary>The WebSocket API that carries the user stream; null when it is at <see cref="StreamUrl"/>.</summary>
    public Uri? ApiStreamUrl { get; set; }

    /// <summary>Null when only public calls are made.</summary>
    public string? ApiKey { get; set; }

    public string? ApiSecret { get; set; }

    /// <summary>How long a single call may take, from sending to the last byte of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The markets whose ticker, book, trades and candles are followed, as BASE-QUOTE.</summary>
    [MaxLength(50)]
    public IList<string> Watch { get; } = [];
}
