using System.Text;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Secrets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Secrets;
using Platform.Workers.Tests.Trading;

namespace Platform.Workers.Tests.Markets;

/// <summary>The venue's credentials from the file to the vault, and from the vault to the connector.</summary>
public sealed class VenueCredentialTests
{
    private static readonly SecretAddress Address = new(Pool: null, SecretId.From("venue.paper"), SecretName.From("credentials"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credentials_are_handed_over_once_and_read_once_for_each_version_however_many_calls_are_signed()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(venue);

        for (var call = 0; call < 5; call++)
            Assert.True(await IsLetInAsync(workers));
        Assert.Equal((1, 1, 0), await CountsAsync(workers));

        await SealAsync(workers, """{"apiKey":"wrong","secretKey":"wrong"}""");
        await Eventually.IsTrueAsync("the venue lets nobody in", WorkerHost.Patience, async _ => !await IsLetInAsync(workers), Cancel);
        await SealAsync(workers, await File.ReadAllTextAsync(venue.KeyFile, Cancel));
        await Eventually.IsTrueAsync("the venue lets us in again", WorkerHost.Patience, _ => IsLetInAsync(workers), Cancel);
        Assert.Equal((3, 3, 0), await CountsAsync(workers));

        // The file has nothing new, which is found out by reading once more.
        await workers.RestartAsync();
        Assert.True(await IsLetInAsync(workers));
        Assert.Equal((3, 4, 1), await CountsAsync(workers));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"apiKey":"a"}""")]
    [InlineData("""{"apiKey":"a","secretKey":7}""")]
    [InlineData("""{"apiKey":"a","secretKey":""}""")]
    [InlineData("""{"apiKey":"a","secretKey":"b" """)]
    [InlineData("""{"inner":{"apiKey":"a","secretKey":"b"}}""")]
    public void Secret_that_holds_no_credentials_is_none(string text) =>
        Assert.Null(VenueCredentials.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Credentials_are_read_as_the_venue_writes_them()
    {
        using var credentials = VenueCredentials.Parse("""{"note":{"x":[1]},"apiKey":"k\u0065y","secretKey":"secret"}"""u8)!;

        Assert.Equal("key", credentials.ApiKey);
        Assert.Equal(MarketsHost.Credentials("key", "secret")!.Sign("payload"), credentials.Sign("payload"));
        Assert.Equal("(credentials)", credentials.ToString());
    }

    private static async Task<bool> IsLetInAsync(WorkerHost workers) =>
        await MarketsHost.Rest(workers.Services).AccountAsync(Cancel) is VenueAnswer<BinanceAccount>.Answered;

    private static async Task SealAsync(WorkerHost workers, string text)
    {
        var vault = workers.Services.GetRequiredService<SecretVault>();
        using var value = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(text));
        await using var session = vault.SessionOf(Address);
        await vault.SealAsync(session, Address, value, Cancel);
        await session.SaveChangesAsync(Cancel);
    }

    private static async Task<(int Sealed, int Connects, int HandOvers)> CountsAsync(WorkerHost workers)
    {
        await using var session = workers.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var facts = await session.Events.QueryAllRawEvents().ToListAsync(Cancel);
        var reads = facts.Select(fact => fact.Data).OfType<SecretRead>().Where(read => read.SecretId == Address.Id).ToLookup(read => read.Purpose.Value);
        return (
            facts.Count(fact => fact.Data is SecretSealed happened && happened.SecretId == Address.Id),
            reads["venue.connect"].Count(), reads["venue.hand-over"].Count());
    }
}
