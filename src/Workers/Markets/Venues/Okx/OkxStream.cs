using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>
/// One public connection to OKX (WebSocket API v5, 2026-07). Bars come from an address of their own. The venue pings by a text,
/// and what it says of a book names the one before it: the book's reader finds what is missing.
/// </summary>
internal sealed class OkxStream(
    Uri address, TimeSpan silence, IReadOnlyList<string> channels, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    // The venue asks for no more than 64 KB in a request, and for few requests.
    private const int TopicsPerRequest = 100;
    private const int InstrumentsPerConnection = 100;
    private const int NoPrevious = -1;
    private static readonly string[] MarketChannels = ["trades", "books", "bbo-tbt", "tickers"];
    private static readonly string[] BarChannels = ["candle1m"];

    private readonly InstrumentIndex index = new(instruments);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();

    private enum Channel
    {
        None = 0,
        Trades,
        Book,
        Quote,
        Ticker,
        Candle,
        Status,
    }

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        .. instruments
            .SelectMany(instrument => channels.Select(channel => new { channel, instId = instrument.VenueSymbol }))
            .Chunk(TopicsPerRequest)
            .Select(topics => JsonSerializer.Serialize(new { op = "subscribe", args = topics })),
        .. channels.Contains("tickers", StringComparer.Ordinal)
            ? [JsonSerializer.Serialize(new { op = "subscribe", args = new[] { new { channel = "status" } } })]
            : Array.Empty<string>(),
    ];

    public StreamPing Ping { get; } = OkxProtocol.PingFor(silence);

    /// <summary>As many connections as it takes.</summary>
    public static IReadOnlyList<IStreamProtocol> For(VenueLink link, IReadOnlyCollection<Instrument> instruments) =>
    [
        .. from some in instruments.Chunk(InstrumentsPerConnection)
           from kind in new[] { (Path: "/ws/v5/public", Channels: MarketChannels), (Path: "/ws/v5/business", Channels: BarChannels) }
           select new OkxStream(new(link.Stream, kind.Path), link.Silence, kind.Channels, some),
    ];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(address);

    public void Restart()
    {
        // Each book begins with a snapshot, and every message says by itself what it follows.
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        if (message.SequenceEqual("pong"u8))
            return;

        var reader = new WireReader(message);
        reader.BeginObject();
        var (channel, isSnapshot) = (Channel.None, false);
        Instrument? instrument = null;
        WireReader data = default;
        while (reader.NextMember())
            if (reader.At("arg"u8))
                ReadTopic(ref reader, ref channel, ref instrument);
            else if (reader.At("action"u8))
                isSnapshot = reader.Is("snapshot"u8);
            else if (reader.At("data"u8))
            {
                reader.Expect(JsonTokenType.StartArray);
                data = reader;
                reader.Skip();
            }
            else if (reader.At("event"u8))
                Heed(ref reader, message);
            else
                reader.Skip();

        if (data.TokenType is JsonTokenType.StartArray && (instrument is not null || channel is Channel.Status))
            ReadData(ref data, channel, instrument!, isSnapshot, sink);
    }

    private void ReadTopic(ref WireReader reader, ref Channel channel, ref Instrument? instrument)
    {
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("channel"u8))
                channel = ChannelOf(in reader);
            else if (reader.At("instId"u8))
                instrument = index.Find(reader.ValueSpan);
            else
                reader.Skip();
    }

    private static Channel ChannelOf(ref readonly WireReader reader)
    {
        if (reader.Is("trades"u8))
            return Channel.Trades;
        if (reader.Is("books"u8))
            return Channel.Book;
        if (reader.Is("bbo-tbt"u8))
            return Channel.Quote;
        if (reader.Is("tickers"u8))
            return Channel.Ticker;
        if (reader.Is("status"u8))
            return Channel.Status;
        return reader.Is("candle1m"u8) ? Channel.Candle : Channel.None;
    }

    private void ReadData(ref WireReader data, Channel channel, Instrument instrument, bool isSnapshot, IMarketSink sink)
    {
        // Seldom, or allocated for anyway: these are read as a whole.
        if (channel is Channel.Ticker or Channel.Candle or Channel.Status)
        {
            ReadSlowly(data.Element(), channel, instrument, sink);
            return;
        }

        while (data.NextElement())
            switch (channel)
            {
                case Channel.Trades: ReadTrade(ref data, instrument, sink); break;
                case Channel.Book: ReadBook(ref data, instrument, isSnapshot, sink); break;
                case Channel.Quote: ReadQuote(ref data, instrument, sink); break;
                default: data.Skip(); break;
            }
    }

    private static void ReadSlowly(JsonElement data, Channel channel, Instrument instrument, IMarketSink sink)
    {
        if (channel is Channel.Status)
            sink.StatusChanged(OkxMarketAnswers.StatusOf(data));
        else
            foreach (var element in data.EnumerateArray())
                if (channel is Channel.Ticker)
                    sink.DayChanged(instrument, OkxMarketAnswers.DayOf(element));
                else
                    sink.BarChanged(
                        instrument, CandleInterval.OneMinute, OkxMarketAnswers.CandleOf(element, instrument.Kind));
    }

    private static void ReadTrade(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("tradeId"u8))
                trade.Id = reader.TradeId();
            else if (reader.At("px"u8))
                trade.Price = reader.Price();
            else if (reader.At("sz"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("side"u8))
                trade.Side = reader.Is("buy"u8) ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("ts"u8))
                trade.At = reader.Milliseconds();
            else
                reader.Skip();
        trade.Tell(instrument, sink);
    }

    private void ReadBook(ref WireReader reader, Instrument instrument, bool isSnapshot, IMarketSink sink)
    {
        var (last, previous, checksum, at) = ((long?)null, (long)NoPrevious, 0L, default(DateTimeOffset));
        bids.Clear();
        asks.Clear();
        while (reader.NextMember())
            if (reader.At("bids"u8))
                bids.ReadPairs(ref reader, asWritten: true);
            else if (reader.At("asks"u8))
                asks.ReadPairs(ref reader, asWritten: true);
            else if (reader.At("seqId"u8))
                last = reader.Whole();
            else if (reader.At("prevSeqId"u8))
                previous = reader.Whole();
            else if (reader.At("checksum"u8))
                checksum = reader.Whole();
            else if (reader.At("ts"u8))
                at = reader.Milliseconds();
            else
                reader.Skip();

        var number = last ?? throw new JsonException("A book without its number.");
        sink.DepthChanged(instrument, new DepthUpdate
        {
            IsSnapshot = isSnapshot,
            FirstUpdateId = number,
            LastUpdateId = number,
            PreviousUpdateId = previous == NoPrevious ? null : previous,
            // Zero where the venue does not reckon it.
            Checksum = checksum == 0 ? null : unchecked((uint)(int)checksum),
            VenueTime = at,
            Bids = bids.Levels,
            Asks = asks.Levels,
        });
    }

    private void ReadQuote(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        var at = default(DateTimeOffset);
        bids.Clear();
        asks.Clear();
        while (reader.NextMember())
            if (reader.At("bids"u8))
                bids.ReadPairs(ref reader);
            else if (reader.At("asks"u8))
                asks.ReadPairs(ref reader);
            else if (reader.At("ts"u8))
                at = reader.Milliseconds();
            else
                reader.Skip();
        sink.Quoted(instrument, QuoteOf(bids.Levels, asks.Levels, at));
    }

    /// <summary>The first level of each side.</summary>
    private static VenueQuote QuoteOf(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, DateTimeOffset at) => new(
        bids.IsEmpty ? null : bids[0].Price, bids.IsEmpty ? default : bids[0].Quantity,
        asks.IsEmpty ? null : asks[0].Price, asks.IsEmpty ? default : asks[0].Quantity, at);

    /// <summary>What the venue says about the connection itself.</summary>
    private static void Heed(ref WireReader reader, ReadOnlySpan<byte> message)
    {
        // A notice comes shortly before the venue closes the connection for works of its own.
        if (!reader.Is("error"u8) && !reader.Is("notice"u8))
            return;

        using var document = JsonDocument.Parse(message.ToArray());
        throw new WebSocketException(
            $"{document.RootElement.TextOrNone("code")} {document.RootElement.TextOrNone("msg")}");
    }
}
