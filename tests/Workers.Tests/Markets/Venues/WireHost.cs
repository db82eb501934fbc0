using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>The room as the platform registers it, with one connector pointed at a venue on loopback.</summary>
internal static class WireHost
{
    public static readonly Symbol Market = Symbol.From("BTC-USDT");

    public static IHost For(
        IWireFormat format, WireVenue venue, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:Name"] = "wire",
            ["Platform:Venue:Connector"] = format.Connector,
            ["Platform:Venue:RestUrl"] = venue.Rest.ToString(),
            ["Platform:Venue:StreamUrl"] = venue.Stream.ToString(),
            ["Platform:Venue:CallTimeout"] = "00:01:00",
            ["Platform:Venue:Watch:0"] = Market.Value,
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.AddMarkets();
        var host = builder.Build();
        host.Services.GetRequiredService<VenueAccess>().Replace(
            // What is signed with them is checked by tests of the connectors.
            VenueCredentials.Parse(JsonSerializer.SerializeToUtf8Bytes(
                new { apiKey = "key", secretKey = format.SecretKey, passphrase = "word" })));
        return host;
    }

    public static VenueParts Parts(IHost host) => host.Services.GetRequiredService<ConnectedVenues>().Home.Parts;

    /// <summary>The market as the connector reads it from the venue.</summary>
    public static async Task<Instrument> InstrumentAsync(IHost host, CancellationToken cancellationToken) =>
        Assert.IsType<VenueAnswer<IReadOnlyList<Instrument>>.Answered>(
            await Parts(host).MarketData.InstrumentsAsync(cancellationToken)).Value.Single(listed => listed.Market == Market);
}
