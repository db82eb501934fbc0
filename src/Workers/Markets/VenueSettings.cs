using System.ComponentModel.DataAnnotations;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets;

/// <summary>The ways of an order to its venue.</summary>
public enum OrderTransport { Rest = 0, WebSocket }

/// <summary>Where a venue is and what the platform wants of it; one section <c>Platform:Venues:{name}</c> each.</summary>
public class VenueSettings
{
    public const string Sections = "Platform:Venues";

    /// <summary>Which connector speaks to it; null: the one that is called as the venue.</summary>
    public string? Connector { get; set; }

    /// <summary>Null: the venue's own public address.</summary>
    public Uri? RestUrl { get; set; }

    /// <summary>Market streams; null: the venue's own public address.</summary>
    public Uri? StreamUrl { get; set; }

    /// <summary>The stream of the account itself; null: the venue's own where the others are the venue's own, else with them.</summary>
    public Uri? ApiStreamUrl { get; set; }

    /// <summary>
    /// A file with the venue's credentials, which its owner alone may read: <c>{"apiKey":"…","secretKey":"…"}</c>. What it
    /// holds is sealed in the vault, once, and nothing is read from the file afterwards. Null when they are in the vault already.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Whether the platform's key there may send coins away. A key that may, where this says no, is not used: whoever gets hold of
    /// it could empty the account.
    /// </summary>
    public bool MayWithdraw { get; set; }

    /// <summary>
    /// How orders, cancels and questions about them go there. By WebSocket, which saves what a request by HTTP costs, they still go by
    /// REST while there is no connection.
    /// </summary>
    public OrderTransport OrdersBy { get; set; }

    /// <summary>How long a single call may take, from sending to the last byte of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A stream on which nothing came for so long is dead; null: as usual at this venue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:10:00")]
    public TimeSpan? Silence { get; set; }

    /// <summary>What the venue takes from whoever makes a price, as a fraction; null: what it says itself.</summary>
    [Range(-0.1, 0.1)]
    public decimal? MakerRate { get; set; }

    /// <summary>
    /// What the venue takes from whoever takes one, as a fraction; null: what it says itself. While nobody says, routes leave it out.
    /// </summary>
    [Range(-0.1, 0.1)]
    public decimal? TakerRate { get; set; }

    /// <summary>The markets to follow, as BASE-QUOTE; empty for BTC and ETH in the currencies that people pay in.</summary>
    [MaxLength(200)]
    public IList<string> Watch { get; } = [];

    internal FeeRates? Fees => (MakerRate, TakerRate) is ({ } maker, { } taker) ? new(maker, taker) : null;

    /// <exception cref="ArgumentException">A configured market is not BASE-QUOTE.</exception>
    internal IReadOnlyList<Symbol> Watched => [.. (Watch.Count > 0 ? [.. Watch] : Usual).Select(Symbol.From).Distinct()];

    /// <summary>What is followed unless markets are named; those that the venue does not list are left out.</summary>
    protected virtual IReadOnlyList<string> Usual => ["BTC-USD", "BTC-USDT", "BTC-EUR", "ETH-USD", "ETH-USDT", "ETH-BTC"];
}
