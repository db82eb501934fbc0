using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Gate;

/// <summary>
/// One public connection to Gate.io spot (WebSocket API v4, 2026-07): trades, best bid and ask, what changed in books, running
/// minutes and 24 hours.
/// </summary>
internal sealed class GateStream(VenueLink link, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private readonly InstrumentIndex index = new(instruments);
    private readonly DepthParts depth = new();

    public IReadOnlyList<string> Subscriptions
    {
        get
        {
            string[] all = [.. instruments.Select(instrument => instrument.VenueSymbol)];
            return
            [
                Subscribe("spot.trades", all), Subscribe("spot.book_ticker", all), Subscribe("spot.tickers", all),
                .. all.Select(one => Subscribe("spot.order_book_update", [one, "100ms"])),
                .. all.Select(one => Subscribe("spot.candlesticks", ["1m", one])),
            ];
        }
    }

    public StreamPing Ping => new(() => $$"""{"time":{{Now}},"channel":"spot.ping"}""", TimeSpan.FromSeconds(10));

    private string Now => link.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Uri(link.Stream, "/ws/v4/"));

    public void Restart()
    {
        // Books are asked for anew, and no message belongs to another.
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        WireReader result = default;
        ReadOnlySpan<byte> channel = default;
        var isUpdate = false;
        while (reader.NextMember())
            if (reader.At("channel"u8))
                channel = reader.ValueSpan;
            else if (reader.At("event"u8))
                isUpdate = reader.Is("update"u8);
            else if (reader.At("result"u8))
            {
                result = reader;
                reader.Skip();
            }
            else if (reader.At("error"u8) && reader.TokenType is JsonTokenType.StartObject)
                throw new WebSocketException($"Refused: {reader.Element()}");
            else
                reader.Skip();

        if (isUpdate)
            ReadResult(ref result, channel, sink);
    }

    // By how often they come.
    private void ReadResult(ref WireReader result, ReadOnlySpan<byte> channel, IMarketSink sink)
    {
        result.Expect(JsonTokenType.StartObject);
        if (channel.SequenceEqual("spot.order_book_update"u8))
            ReadDepth(ref result, sink);
        else if (channel.SequenceEqual("spot.book_ticker"u8))
            ReadQuote(ref result, sink);
        else if (channel.SequenceEqual("spot.trades"u8))
            ReadTrade(ref result, sink);
        else if (channel.SequenceEqual("spot.candlesticks"u8))
            ReadBar(result.Element(), sink);
        else if (channel.SequenceEqual("spot.tickers"u8))
            ReadDay(result.Element(), sink);
    }

    private void ReadTrade(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("id"u8))
                trade.Id = reader.Whole();
            else if (reader.At("currency_pair"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("price"u8))
                trade.Price = reader.Price();
            else if (reader.At("amount"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("create_time_ms"u8))
                trade.At = WireTime.FromMilliseconds(reader.Shortest());
            else if (reader.At("side"u8))
                trade.Side = reader.Is("buy"u8) ? TakerSide.Buy : TakerSide.Sell;
            else
                reader.Skip();

        trade.Tell(instrument, sink);
    }

    private void ReadQuote(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        QuoteParts quote = default;
        while (reader.NextMember())
            if (reader.At("s"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("t"u8))
                quote.At = reader.Milliseconds();
            else if (reader.At("b"u8))
                quote.ReadBid(in reader);
            else if (reader.At("B"u8))
                quote.ReadBidQuantity(in reader);
            else if (reader.At("a"u8))
                quote.ReadAsk(in reader);
            else if (reader.At("A"u8))
                quote.ReadAskQuantity(in reader);
            else
                reader.Skip();

        quote.Tell(instrument, sink);
    }

    private void ReadDepth(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        depth.Begin();
        while (reader.NextMember())
            if (reader.At("s"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("U"u8))
                depth.First = reader.Whole();
            else if (reader.At("u"u8))
                depth.Last = reader.Whole();
            else if (reader.At("t"u8))
                depth.At = reader.Milliseconds();
            else if (reader.At("b"u8))
                depth.Bids.ReadPairs(ref reader);
            else if (reader.At("a"u8))
                depth.Asks.ReadPairs(ref reader);
            else
                reader.Skip();

        depth.Tell(instrument, sink);
    }

    // Named "1m_BTC_USDT".
    private void ReadBar(JsonElement bar, IMarketSink sink)
    {
        var name = bar.Text("n");
        if (index.Find(name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]) is { } instrument)
            sink.BarChanged(instrument, CandleInterval.OneMinute, new(
                bar.Seconds("t"), bar.Price("o"), bar.Price("h"), bar.Price("l"), bar.Price("c"), bar.Quantity("a")));
    }

    private void ReadDay(JsonElement ticker, IMarketSink sink)
    {
        if (index.Find(ticker.Text("currency_pair")) is { } instrument)
            sink.DayChanged(instrument, GateAnswers.DayOf(ticker, link.Time.GetUtcNow()));
    }

    private string Subscribe(string channel, string[] payload) =>
        $$"""{"time":{{Now}},"channel":"{{channel}}","event":"subscribe","payload":{{JsonSerializer.Serialize(payload)}}}""";
}
