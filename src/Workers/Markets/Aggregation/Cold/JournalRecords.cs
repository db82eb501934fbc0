using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>What a segment of the journal holds. <c>Number</c> names a venue's market within the segment.</summary>
internal abstract record JournalRecord
{
    private JournalRecord() { }

    /// <summary>The first of each segment.</summary>
    /// <param name="Batch">Under which id the segment is written to the database.</param>
    public sealed record Begun(Guid Batch) : JournalRecord;

    public sealed record Named(int Number, VenueId Venue, MarketKey Market, MarketScale Scale) : JournalRecord;

    /// <summary>What was counted before the segment began.</summary>
    public sealed record Remembered(int Number, TradeMemory Memory) : JournalRecord;

    /// <param name="Since">No trade is missing since then, in UTC ticks.</param>
    public sealed record Counting(int Number, long Since) : JournalRecord;

    /// <param name="Bucket">Its market and venue mean nothing here.</param>
    /// <param name="Ids">Of its trades, in the order in which they were counted.</param>
    public sealed record Traded(int Number, TradeBucket Bucket, long[] Ids) : JournalRecord;
}

/// <summary>Records as bytes: little-endian, texts in UTF-8 behind their length.</summary>
internal static class JournalRecords
{
    private enum Kind : byte { Begun = 1, Named, Remembered, Traded, Counting }

    extension(IBufferWriter<byte> to)
    {
        public void Begun(Guid batch)
        {
            to.Begin(Kind.Begun);
            to.Write(batch.ToByteArray());
        }

        public void Named(int number, VenueId venue, MarketKey market, MarketScale scale)
        {
            to.Begin(Kind.Named);
            to.Long(number);
            to.Long(scale.PricePlaces);
            to.Long(scale.QuantityPlaces);
            to.Text(venue.Value);
            to.Text(market.Value);
        }

        public void Counting(int number, long since)
        {
            to.Begin(Kind.Counting);
            to.Long(number);
            to.Long(since);
        }

        public void Remembered(int number, TradeMemory memory)
        {
            to.Begin(Kind.Remembered);
            to.Long(number);
            to.Long(memory.Highest);
            to.Long(memory.ForgottenAt);
            foreach (var (id, at) in memory.Counted)
            {
                to.Long(id);
                to.Long(at);
            }
        }

        public void Traded(int number, in TradeBucket bucket, ReadOnlySpan<long> ids)
        {
            to.Begin(Kind.Traded);
            foreach (var value in (ReadOnlySpan<long>)[
                number, bucket.At, bucket.Open, bucket.High, bucket.Low, bucket.Close, bucket.FirstAt, bucket.LastAt])
                to.Long(value);
            to.Wide(bucket.Sum.PriceVolume);
            to.Wide(bucket.Sum.Volume);
            foreach (var id in ids)
                to.Long(id);
        }

        private void Begin(Kind kind)
        {
            to.GetSpan(1)[0] = (byte)kind;
            to.Advance(1);
        }

        private void Long(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), value);
            to.Advance(sizeof(long));
        }

        private void Wide(Int128 value)
        {
            BinaryPrimitives.WriteInt128LittleEndian(to.GetSpan(2 * sizeof(long)), value);
            to.Advance(2 * sizeof(long));
        }

        private void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            to.Long(bytes.Length);
            to.Write(bytes);
        }
    }

    /// <exception cref="InvalidDataException">It is no such record, although its checksum says so.</exception>
    public static JournalRecord Read(ReadOnlySpan<byte> bytes)
    {
        var rest = new Rest(bytes[1..]);
        return (Kind)bytes[0] switch
        {
            Kind.Begun => new JournalRecord.Begun(new(rest.Bytes(16))),
            Kind.Named => Named(rest),
            Kind.Remembered => Remembered(rest),
            Kind.Traded => Traded(rest),
            Kind.Counting => new JournalRecord.Counting((int)rest.NextLong(), rest.NextLong()),
            _ => throw new InvalidDataException($"The journal holds a record of an unknown kind {bytes[0]}."),
        };
    }

    private static JournalRecord.Named Named(Rest rest)
    {
        var (number, price, quantity) = ((int)rest.NextLong(), (int)rest.NextLong(), (int)rest.NextLong());
        return new(number, VenueId.From(rest.NextText()), MarketKey.From(rest.NextText()), MarketScale.From(price, quantity));
    }

    private static JournalRecord.Remembered Remembered(Rest rest)
    {
        var (number, highest, forgottenAt) = ((int)rest.NextLong(), rest.NextLong(), rest.NextLong());
        var counted = new List<(long, long)>();
        while (!rest.IsEmpty)
            counted.Add((rest.NextLong(), rest.NextLong()));
        return new(number, new(highest, forgottenAt, counted));
    }

    private static JournalRecord.Traded Traded(Rest rest)
    {
        var number = (int)rest.NextLong();
        var (at, open, high, low, close) = (rest.NextLong(), rest.NextLong(), rest.NextLong(), rest.NextLong(), rest.NextLong());
        var (firstAt, lastAt, priceVolume, volume) = (rest.NextLong(), rest.NextLong(), rest.NextWide(), rest.NextWide());
        var ids = new List<long>();
        while (!rest.IsEmpty)
            ids.Add(rest.NextLong());
        return new(
            number, new(0, 0, at, open, high, low, close, new(priceVolume, volume, ids.Count), firstAt, lastAt, 0), [.. ids]);
    }

    private ref struct Rest(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> bytes = bytes;

        public readonly bool IsEmpty => bytes.IsEmpty;

        public ReadOnlySpan<byte> Bytes(int count)
        {
            var taken = bytes[..count];
            bytes = bytes[count..];
            return taken;
        }

        public long NextLong() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

        public Int128 NextWide() => BinaryPrimitives.ReadInt128LittleEndian(Bytes(2 * sizeof(long)));

        public string NextText() => Encoding.UTF8.GetString(Bytes((int)NextLong()));
    }
}
