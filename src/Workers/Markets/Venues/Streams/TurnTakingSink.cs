using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>Lets one speak at a time: connections, where a venue needs several, or a stream and what is polled beside it.</summary>
internal sealed class TurnTakingSink(IMarketSink sink) : IMarketSink
{
    private readonly Lock gate = new();

    public void Connected()
    {
        lock (gate)
            sink.Connected();
    }

    public void Disconnected(string reason)
    {
        lock (gate)
            sink.Disconnected(reason);
    }

    public void Heard()
    {
        lock (gate)
            sink.Heard();
    }

    public void Traded(Instrument instrument, in PublicTrade trade)
    {
        lock (gate)
            sink.Traded(instrument, trade);
    }

    public void Quoted(Instrument instrument, in VenueQuote quote)
    {
        lock (gate)
            sink.Quoted(instrument, quote);
    }

    public void DepthChanged(Instrument instrument, in DepthUpdate update)
    {
        lock (gate)
            sink.DepthChanged(instrument, update);
    }

    public void BookLost(Instrument instrument)
    {
        lock (gate)
            sink.BookLost(instrument);
    }

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle)
    {
        lock (gate)
            sink.BarChanged(instrument, interval, candle);
    }

    public void DayChanged(Instrument instrument, DaySummary day)
    {
        lock (gate)
            sink.DayChanged(instrument, day);
    }

    public void StatusChanged(VenueStatus status)
    {
        lock (gate)
            sink.StatusChanged(status);
    }
}
