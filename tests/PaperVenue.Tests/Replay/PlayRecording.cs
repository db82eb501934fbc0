using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Replay;

namespace Platform.PaperVenue.Tests.Replay;

public sealed class PlayRecording : PaperVenue.Tests.Matching.EngineSpec
{
    private readonly ReplayFlow flow;
    private long at = 1_000_000;

    public PlayRecording()
    {
        foreach (var asset in (string[])["BTC", "USDT"])
        {
            Engine.Ledger.Set(Accounts.HouseMaker, asset, new(Accounts.HouseStock, 0));
            Engine.Ledger.Set(Accounts.HouseTaker, asset, new(Accounts.HouseStock, 0));
        }
        flow = new(HouseMarket.Recorded(Instrument.Listed[0], 20_000m, 0, 1), 1);
    }

    [Fact]
    public void Recorded_trade_is_traded_as_it_was()
    {
        var trade = Trade(20_000m, 1.5m, Side.Buy)[^1];

        Assert.Equal((20_000m, 1.5m, Side.Buy), (trade.Price, trade.Quantity, trade.TakerSide));
    }

    [Fact]
    public void Resting_order_fills_whole_when_the_recording_trades_through_it()
    {
        Trade(20_000m, 1m, Side.Buy);
        var order = Taken(Limit(Alice, Side.Buy, 5m, 19_950.01m));
        Trade(19_990m, 1m, Side.Sell);
        Assert.NotNull(Engine.Book(Symbol).Find(order.OrderId));

        Trade(19_900m, 0.001m, Side.Sell);

        Assert.Null(Engine.Book(Symbol).Find(order.OrderId));
        Assert.Equal(1_004.995m, Held(Alice, "BTC").Free);
    }

    [Fact]
    public void Resting_order_fills_in_its_turn_when_the_recording_trades_at_its_price()
    {
        Trade(20_000m, 1m, Side.Buy);
        var order = Taken(Limit(Alice, Side.Buy, 5m, 19_949.99m));

        Trade(19_949.99m, 2m, Side.Sell);

        Assert.Equal(3m, Engine.Book(Symbol).Find(order.OrderId)?.LeavesQuantity);
    }

    [Fact]
    public void Quote_lays_the_book_where_it_was()
    {
        flow.Play(Engine, new RecordedQuote(1, 20_001m, 20_003.5m), ++at);

        Assert.Equal(20_001m, Engine.Book(Symbol).BestPrice(Side.Buy));
        Assert.Equal(20_003.5m, Engine.Book(Symbol).BestPrice(Side.Sell));
    }

    private List<Trade> Trade(decimal price, decimal quantity, Side side) =>
        [.. flow.Play(Engine, new RecordedTrade(1, price, quantity, side), ++at).SelectMany(Trades)];
}
