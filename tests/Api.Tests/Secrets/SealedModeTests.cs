using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Secrets;

/// <summary>The platform without its key-encryption key, and the moment the key comes.</summary>
public sealed class SealedModeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_79_without_its_key_the_platform_serves_what_needs_no_secret_and_goes_on_when_the_key_comes()
    {
        await using var platform = await PlatformProcess.StartAsync(Cancel);
        Assert.Equal(0, await platform.TerminateAsync(Patience, Cancel));
        var hidden = $"{platform.KekFile}.hidden";
        File.Move(platform.KekFile, hidden);

        await platform.RunAsync("/health/ready", Cancel);
        Assert.Equal("sealed", (await VaultAsync(platform)).GetProperty("facts").GetProperty("state").GetString());
        Assert.Contains("does not exist", platform.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(
            platform.KekFile, await platform.Http.GetStringAsync("/health/ready", Cancel), StringComparison.Ordinal);
        var (_, pool) = await platform.SignInAsync(Cancel);
        await AnswersAsync(platform, "/v1/markets", HttpStatusCode.OK);
        await AnswersAsync(platform, "/v1/markets/BTC-USDT/ticker", HttpStatusCode.OK);
        await AnswersAsync(platform, $"/v1/pools/{pool}/orders", HttpStatusCode.OK);
        using (var refused = await PlaceAsync(platform, pool, "sealed"))
            await Problem.ExpectAsync(refused, 503, "vault_sealed");
        using (var refused = await platform.Http.PostAsync($"/v1/pools/{pool}/orders/{Guid.CreateVersion7()}/cancel", content: null, Cancel))
            await Problem.ExpectAsync(refused, 503, "vault_sealed");

        File.Move(hidden, platform.KekFile);
        await Eventually.IsTrueAsync(
            "the vault is open", Patience,
            async _ => (await VaultAsync(platform)).GetProperty("status").GetString() is "healthy", Cancel);
        await Eventually.IsTrueAsync(
            "an order is taken", Patience, async _ =>
            {
                using var placed = await PlaceAsync(platform, pool, "open");
                return placed.StatusCode is HttpStatusCode.Accepted;
            }, Cancel);
        await Eventually.IsTrueAsync(
            "the order is filled", Patience,
            async stop => (await platform.Http.GetStringAsync($"/v1/pools/{pool}/orders", stop)).Contains("\"filled\"", StringComparison.Ordinal),
            Cancel);
    }

    private static async Task<JsonElement> VaultAsync(PlatformProcess platform)
    {
        using var answer = await platform.Http.GetAsync("/health/ready", Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("checks").GetProperty("vault");
    }

    private static async Task AnswersAsync(PlatformProcess platform, string path, HttpStatusCode status)
    {
        using var answer = await platform.Http.GetAsync(path, Cancel);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PlaceAsync(PlatformProcess platform, string pool, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent(
            """{"market":"BTC-USDT","side":"buy","type":"market","quoteQuantity":"20"}""", Encoding.UTF8, "application/json");
        return await platform.Http.SendAsync(request, Cancel);
    }
}
