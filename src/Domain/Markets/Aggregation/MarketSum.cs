using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>What the venues of a market come to, added one by one.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MarketSum
{
    private const long FeeWhole = 100_000_000;

    public BestPrice Bid;
    public BestPrice Ask;
    public BestEffective BidEffective;
    public BestEffective AskEffective;
    public TradeSum Minute;
    public TradeSum Hour;
    public TradeSum Day;
    public Int128 Volume;
    public long CountedSince;
    public long Last;
    public long LastAt;
    public short LastVenue;
    public uint Used;

    public void AddQuote(in IndexInput input, ref readonly VenueSlot slot, short venue)
    {
        if (input.Bid > 0)
        {
            Bid = Better(Bid, input.Bid, slot.BidQuantity, venue, input.Bid > Bid.Price);
            BestEffective other = new(input.Bid, -slot.TakerFee, venue);
            BidEffective = BidEffective.Price == 0 || Worth(other) > Worth(BidEffective) ? other : BidEffective;
        }

        if (input.Ask > 0)
        {
            Ask = Better(Ask, input.Ask, slot.AskQuantity, venue, input.Ask < Ask.Price || Ask.Price == 0);
            BestEffective other = new(input.Ask, slot.TakerFee, venue);
            AskEffective = AskEffective.Price == 0 || Worth(other) < Worth(AskEffective) ? other : AskEffective;
        }
    }

    public void AddTrades(in IndexInput input, ref readonly VenueSlot slot, short venue)
    {
        Volume += input.Volume;
        if (slot.Trades is { } trades)
            (Minute, Hour, Day) = (Minute + trades.Minute, Hour + trades.Hour, Day + trades.Day);
        CountedSince = Math.Max(CountedSince, slot.IsCounting ? slot.CountedSince : long.MaxValue);
        if (slot.LastAt > LastAt)
            (Last, LastAt, LastVenue) = (slot.Last, slot.LastAt, venue);
    }

    private static BestPrice Better(in BestPrice best, long price, long quantity, short venue, bool isBetter)
    {
        if (isBetter)
            return new(price, quantity, venue);

        return best.Price == price ? best with { Quantity = best.Quantity + quantity } : best;
    }

    private static Int128 Worth(in BestEffective price) => (Int128)price.Price * (FeeWhole + price.Fee);
}
