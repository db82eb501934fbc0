using System.Text.Json;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Pools;
using Platform.Domain.Secrets;
using Platform.Domain.Trading;
using Platform.Projections.Tests.Identity;
using Platform.Projections.Tests.Markets;
using Platform.Projections.Tests.Secrets;
using Platform.Projections.Tests.Trading;

namespace Platform.Projections.Tests;

/// <summary>What is stored must stay readable for ever: these texts are never edited, only added to.</summary>
public sealed class EventContractTests
{
    private static readonly StoreOptions Options = Platform();

    private static readonly Type[] Families =
    [
        typeof(OrderEvent), typeof(AccountEvent), typeof(PoolEvent),
        typeof(UserEvent), typeof(MembershipEvent), typeof(ApiKeyEvent), typeof(SessionEvent), typeof(BarrierEvent),
        typeof(KeyRingEvent), typeof(SealedSecretEvent), typeof(SecretAccessEvent),
        typeof(VenueEntryEvent), typeof(ListedInstrumentEvent),
    ];

    /// <summary>Each event with its stored name and its stored text.</summary>
    public static TheoryData<object, string, string> Stored => [.. TradingTexts.Stored, .. IdentityTexts.Stored, .. SecretTexts.Stored, .. MarketTexts.Stored];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Stored_text_is_still_read(object happened, string name, string text)
    {
        Assert.Equal(happened, Options.Serializer().FromJson(happened.GetType(), Utf8(text)));
        Assert.Equal(happened.GetType(), KnownTypes[name]);
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Event_is_still_written_as_before(object happened, string name, string text)
    {
        Assert.Equal(name, KnownTypes.Single(known => known.Value == happened.GetType()).Key);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(text).RootElement, JsonDocument.Parse(Options.Serializer().ToJson(happened)).RootElement));
    }

    [Fact]
    public void Every_event_type_has_its_text_here_and_is_known_to_the_store()
    {
        var events = typeof(OrderEvent).Assembly.GetTypes().Where(type => Families.Any(type.IsSubclassOf))
            .Select(type => type.Name).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(events, Stored.Select(row => row.Data.Item1.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(events, KnownTypes.Values.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, Type> KnownTypes => ((IReadOnlyStoreOptions)Options).Events.AllKnownEventTypes()
        .Where(known => known.EventType.Assembly == typeof(OrderEvent).Assembly)
        .ToDictionary(known => known.EventTypeName, known => known.EventType, StringComparer.Ordinal);

    private static MemoryStream Utf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    // Nothing connects: the settings alone say how an event is written.
    private static StoreOptions Platform()
    {
        var options = new StoreOptions();
        options.UsePlatform("Host=localhost");
        return options;
    }
}
