using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Api.Limits;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Limits;

/// <summary>What a person may do in all is asked before any feature is.</summary>
public sealed class UserLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_who_has_changed_enough_for_a_day_may_read_and_not_write()
    {
        var connection = await TestDatabase.CreateAsync("user_limits");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatformStore(connection);
        builder.Services.AddPlatformProblems();
        await using (var app = builder.Build())
        {
            await PlatformSchema.ApplyAsync(app.Services.GetRequiredService<Marten.IDocumentStore>(), Cancel);
            var done = 0;
            app.Use((http, next) =>
            {
                http.User = new(new System.Security.Claims.ClaimsIdentity(
                    [new(System.Security.Claims.ClaimTypes.NameIdentifier, http.Request.Headers["X-User"].ToString())], "test"));
                return next(http);
            });
            app.UseMiddleware<UserLimitGate>((Func<Plan, KycLevel, int>)((_, _) => 3));
            app.MapPost("/things", () => Results.Ok(++done));
            app.MapGet("/things", () => Results.Ok());
            await app.StartAsync(Cancel);
            using HttpClient client = new() { BaseAddress = new(app.Urls.Single()) };
            client.DefaultRequestHeaders.Add("X-User", $"{Guid.CreateVersion7()}");

            for (var number = 0; number < 3; number++)
                Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/things", content: null, Cancel)).StatusCode);
            using var refused = await client.PostAsync("/things", content: null, Cancel);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("daily_limit_reached", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/things", Cancel)).StatusCode);
            Assert.Equal(3, done);

            using HttpClient other = new() { BaseAddress = client.BaseAddress };
            other.DefaultRequestHeaders.Add("X-User", $"{Guid.CreateVersion7()}");
            Assert.Equal(HttpStatusCode.OK, (await other.PostAsync("/things", content: null, Cancel)).StatusCode);
        }
        await TestDatabase.DropAsync(connection);
    }

    [Fact]
    public void Better_plan_and_better_known_never_allow_less()
    {
        foreach (var plan in Enum.GetValues<Plan>())
            foreach (var kyc in Enum.GetValues<KycLevel>())
            {
                Assert.All(Enum.GetValues<Plan>().Where(other => other > plan), other =>
                    Assert.True(UserLimits.WritesPerDayOf(other, kyc) >= UserLimits.WritesPerDayOf(plan, kyc)));
                Assert.All(Enum.GetValues<KycLevel>().Where(other => other > kyc), other =>
                    Assert.True(UserLimits.WritesPerDayOf(plan, other) >= UserLimits.WritesPerDayOf(plan, kyc)));
            }
    }
}
