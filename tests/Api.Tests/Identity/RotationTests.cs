using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Platform.Domain.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>Keys that are rotated, or taken back, while tokens of theirs are in use. On a cluster of its own: it concerns everybody.</summary>
public sealed class RotationTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_71_rotation_is_not_noticed_and_a_barred_key_ends_its_tokens_at_once()
    {
        var user = await cluster.AddUserAsync();
        var old = await cluster.One.SignInAsync(user);
        var (next, _) = cluster.One.Of<KeyRings>().Rotate(TokenTier.Outer);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await AskedAsync(old));
        Assert.Equal(KeyOf(old), KeyOf(await cluster.Other.SignInAsync(user)));

        await using (var session = cluster.One.Store.LightweightSession())
        {
            await session.RaiseBarriersAsync([cluster.One.Of<BarrierSubjects>().SigningKey(KeyOf(old))], BarrierCause.KeyCompromised, Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        await Eventually.IsTrueAsync("the key's tokens are over", TimeSpan.FromSeconds(1), async _ =>
            await AskedAsync(old) == (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), Cancel);
        var fresh = await cluster.One.SignInAsync(user);
        Assert.Equal(next, KeyOf(fresh));
        // Before its time a new key may have to be read first.
        await Eventually.IsTrueAsync("both nodes have read the new key", TimeSpan.FromSeconds(60), async _ =>
            await AskedAsync(fresh) == (HttpStatusCode.OK, HttpStatusCode.OK), Cancel);
    }

    private static string KeyOf(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[3])).RootElement.GetProperty("kid").GetString()!;

    private async Task<(HttpStatusCode One, HttpStatusCode Other)> AskedAsync(string token)
    {
        using var one = cluster.One.Client(token);
        using var other = cluster.Other.Client(token);
        using var here = await one.GetAsync("/v1/auth/sessions", Cancel);
        using var there = await other.GetAsync("/v1/auth/sessions", Cancel);
        return (here.StatusCode, there.StatusCode);
    }
}
