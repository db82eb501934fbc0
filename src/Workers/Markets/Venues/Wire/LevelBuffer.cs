using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Levels of one side while a message is read; used again for the next one.</summary>
internal sealed class LevelBuffer
{
    // No venue sends more: the deepest books have 5000 levels on a side.
    private const int LevelsMax = 10_000;

    private BookLevel[] levels = new BookLevel[64];
    private int count;

    public ReadOnlySpan<BookLevel> Levels => levels.AsSpan(0, count);

    public void Clear() => count = 0;

    /// <exception cref="JsonException">There are more levels than any book has.</exception>
    public void Add(BookLevel level)
    {
        if (count == LevelsMax)
            throw new JsonException($"A book of more than {LevelsMax} levels.");
        if (count == levels.Length)
            Array.Resize(ref levels, Math.Min(levels.Length * 4, LevelsMax));
        levels[count++] = level;
    }

    /// <summary>An array of arrays that begin with price and quantity; what else they hold is passed over.</summary>
    /// <param name="asWritten">With the places that the venue wrote: its checksum is made of them.</param>
    /// <exception cref="JsonException">The reader does not stand on the start of one.</exception>
    public void ReadPairs(ref WireReader reader, bool asWritten = false)
    {
        Clear();
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("Expected an array of levels.");
        while (reader.Read() && reader.TokenType is JsonTokenType.StartArray)
        {
            reader.Read();
            var price = asWritten ? reader.PriceAsWritten() : reader.Price();
            reader.Read();
            Add(new(price, asWritten ? reader.QuantityAsWritten() : reader.Quantity()));
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                reader.Skip();
        }

        if (reader.TokenType is not JsonTokenType.EndArray)
            throw new JsonException("Expected levels of price and quantity.");
    }
}
