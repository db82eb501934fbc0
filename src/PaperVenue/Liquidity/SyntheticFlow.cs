using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Liquidity;

/// <summary>Invented trading of one market: quotes follow the fair price, takers come and go.</summary>
public sealed class SyntheticFlow(HouseMarket market, long seed)
{
    /// <summary>How often <see cref="Tick"/> is to be called.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private const decimal TradesPerTick = 0.4m;

    private readonly Instrument instrument = market.Instrument;
    private readonly Ladder ladder = new(market, Noise.Seed(seed, market.Instrument.Symbol + "/ladder"));
    private readonly ulong noise = Noise.Seed(seed, market.Instrument.Symbol + "/flow");
    private long drawn;

    public IReadOnlyList<Outcome> Tick(MatchingEngine engine, long at)
    {
        var outcomes = new List<Outcome>();
        ladder.Resize(engine, Draw() < 0.5m ? Side.Buy : Side.Sell, (int)(Draw() * Ladder.Levels), at, outcomes);
        var below = Math.Floor(market.FairPrice(at) / market.Grid) * market.Grid;
        ladder.Lay(engine, below, below + market.Grid, at, outcomes);
        if (Draw() < TradesPerTick)
            outcomes.Add(engine.Place(Take(below), at));
        return outcomes;
    }

    // Squared, so that small trades are many and large ones few.
    private NewOrder Take(decimal price)
    {
        var size = Draw();
        var quantity = instrument.FloorToLot(market.LevelNotional * 0.3m * size * size / price);
        return new(
            Accounts.HouseTaker, instrument.Symbol, $"taker-{drawn}", Draw() < 0.5m ? Side.Buy : Side.Sell,
            OrderType.Market, TimeInForce.Gtc, Math.Max(quantity, instrument.LotSize), 0, 0,
            SelfTradePrevention.ExpireMaker);
    }

    private decimal Draw() => Noise.Unit(noise, ++drawn);
}
