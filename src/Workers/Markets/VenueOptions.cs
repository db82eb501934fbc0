using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Markets;

/// <summary>The home venue, where orders go; the section <c>Platform:Venue</c>. By default the paper venue beside the platform.</summary>
public sealed class VenueOptions : VenueSettings
{
    public const string Section = "Platform:Venue";

    public VenueOptions()
    {
        Connector = "binance";
        RestUrl = new("http://127.0.0.1:8090");
        StreamUrl = new("ws://127.0.0.1:8090");
    }

    /// <summary>What the platform calls the venue.</summary>
    [Required]
    public string Name { get; set; } = "paper";

    /// <summary>The four that every venue of ours has.</summary>
    protected override IReadOnlyList<string> Usual => ["BTC-USDT", "ETH-USDT", "BNB-USDT", "ETH-BTC"];
}
