using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>["price", "quantity"].</summary>
internal sealed class BookLevelConverter : ReadingConverter<BookLevel>
{
    protected override BookLevel Read(JsonElement element) => new(
        BinanceJson.Checked(BinanceJson.ReadDecimal(element[0]), Price.From),
        BinanceJson.Checked(BinanceJson.ReadDecimal(element[1]), Quantity.From));
}

/// <summary>[open time, "open", "high", "low", "close", "volume", close time, …].</summary>
internal sealed class CandleConverter : ReadingConverter<Candle>
{
    protected override Candle Read(JsonElement element) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(element[0].GetInt64()),
        PriceAt(element[1]), PriceAt(element[2]), PriceAt(element[3]), PriceAt(element[4]),
        BinanceJson.Checked(BinanceJson.ReadDecimal(element[5]), Quantity.From));

    private static Price PriceAt(JsonElement element) =>
        BinanceJson.Checked(BinanceJson.ReadDecimal(element), Price.From);
}

/// <summary>The REST form {id, price, qty, time, isBuyerMaker}: a buyer who waited was hit by a seller.</summary>
internal sealed class PublicTradeConverter : ReadingConverter<PublicTrade>
{
    protected override PublicTrade Read(JsonElement element) => new(
        element.GetProperty("id").GetInt64(),
        BinanceJson.Checked(BinanceJson.ReadDecimal(element.GetProperty("price")), Price.From),
        BinanceJson.Checked(BinanceJson.ReadDecimal(element.GetProperty("qty")), Quantity.From),
        element.GetProperty("isBuyerMaker").GetBoolean() ? TakerSide.Sell : TakerSide.Buy,
        DateTimeOffset.FromUnixTimeMilliseconds(element.GetProperty("time").GetInt64()));
}

/// <summary>Reads one JSON value as a whole; whatever is not as expected is a <see cref="JsonException"/>.</summary>
internal abstract class ReadingConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Read(document.RootElement);
        }
        catch (Exception error) when (
            error is InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
                or FormatException or ArgumentException)
        {
            throw new JsonException($"Not a {typeof(T).Name} as the venue documents it.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("The venue's records are only read.");

    protected abstract T Read(JsonElement element);
}
