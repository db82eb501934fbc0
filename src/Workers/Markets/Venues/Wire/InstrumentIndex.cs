using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Finds instruments by the bytes that the venue writes for them in a stream, without a text in between.</summary>
internal sealed class InstrumentIndex
{
    private readonly Dictionary<byte[], Instrument> byName = new(new ByBytes());
    private readonly Dictionary<byte[], Instrument>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    /// <param name="nameOf">What the stream calls it; by default as the venue writes it elsewhere.</param>
    public InstrumentIndex(IEnumerable<Instrument> instruments, Func<Instrument, string>? nameOf = null)
    {
        foreach (var instrument in instruments)
            byName[Encoding.UTF8.GetBytes(nameOf is null ? instrument.VenueSymbol : nameOf(instrument))] = instrument;
        lookup = byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => byName.Count;

    /// <summary>Null where nobody asked for it.</summary>
    public Instrument? Find(ReadOnlySpan<byte> name) => lookup.TryGetValue(name, out var instrument) ? instrument : null;

    /// <summary>The same for what comes seldom enough to be a text.</summary>
    public Instrument? Find(string name) => byName.GetValueOrDefault(Encoding.UTF8.GetBytes(name));

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] name) => GetHashCode(name.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
