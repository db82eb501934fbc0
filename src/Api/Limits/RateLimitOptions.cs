using System.ComponentModel.DataAnnotations;

namespace Platform.Api.Limits;

/// <summary>The section <c>Platform:RateLimits</c>; of this node, for each caller.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Platform:RateLimits";

    /// <summary>Every request but those of the other tiers.</summary>
    [Required]
    public RateLimit Api { get; set; } = new() { Average = 200, Burst = 1_000 };

    /// <summary>Connections of the push, calls on them, and topics asked for.</summary>
    [Required]
    public RateLimit WebSocket { get; set; } = new() { Average = 100, Burst = 2_000 };

    /// <summary>Files of the app, and addresses where nothing is.</summary>
    [Required]
    public RateLimit Static { get; set; } = new() { Average = 200, Burst = 1_000 };

    /// <summary>What could be guessed: passwords and codes. A person mistypes a few times; a machine guesses thousands.</summary>
    [Required]
    public RateLimit Guess { get; set; } = new() { Average = 1, Burst = 60 };

    /// <summary>Requests of all callers that are carried out at once.</summary>
    [Range(1, 100_000)]
    public int ConcurrentMax { get; set; } = 512;
}

/// <summary>So many in a period on average, and so many at once after a pause.</summary>
public sealed class RateLimit
{
    [Range(1, 1_000_000)]
    public int Average { get; set; } = 1;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 1;
}
