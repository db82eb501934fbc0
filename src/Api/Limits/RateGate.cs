using Microsoft.AspNetCore.SignalR;
using Platform.Api.Lists;
using Platform.Domain.Values;

namespace Platform.Api.Limits;

/// <summary>Stands before everything that costs something, and behind knowing who asks.</summary>
public sealed class RateGate(RequestDelegate next, RateLimits limits)
{
    // A spreadsheet is many pages.
    private const int ExportWeight = 20;

    public async Task InvokeAsync(HttpContext http)
    {
        // Files were counted before, by the gate of their own. Where a request comes from its connection says, and no header.
        var address = http.Connection.RemoteIpAddress;
        var facts = http.GetEndpoint()?.Metadata;
        if (facts is null || facts.GetMetadata<RateMark>() is { Tier: RateTier.Static })
        {
            await next(http);
            return;
        }

        // A connection of the push stays for hours; what is carried out at once are requests.
        var isPush = facts.GetMetadata<HubMetadata>() is not null;
        var wait = limits.Take(isPush ? RateTier.WebSocket : RateTier.Api, RatePartition.Of(http.User, address), WeightOf(http, facts));
        if (wait is null && facts.GetMetadata<RateMark>() is { Tier: RateTier.Guess })
            wait = limits.Take(RateTier.Guess, RatePartition.OfNetwork(address), weight: 1);
        if (wait is { } time)
        {
            await RefuseAsync(http, time);
            return;
        }

        if (isPush)
        {
            await next(http);
            return;
        }

        using var place = limits.Concurrency.AttemptAcquire();
        if (place.IsAcquired)
            await next(http);
        else
            await RefuseAsync(
                http, TimeSpan.FromSeconds(1), new("overloaded", "Too much is asked of this node at once; try again."), StatusCodes.Status503ServiceUnavailable);
    }

    internal static Task RefuseAsync(HttpContext http, TimeSpan wait) =>
        RefuseAsync(http, wait, new("rate_limited", "Too many requests; Retry-After says when to come back."), StatusCodes.Status429TooManyRequests);

    internal static Task RefuseAsync(HttpContext http, TimeSpan wait, Refusal refusal, int status)
    {
        http.Response.SetRetryAfter(wait);
        return Problems.From(refusal, status).ExecuteAsync(http);
    }

    private static int WeightOf(HttpContext http, EndpointMetadataCollection facts) =>
        facts.GetMetadata<ListDeclaration>() is not null && ExcelFile.IsWantedBy(http.Request) ? ExportWeight : 1;
}

/// <summary>Stands before the files of the app, and before addresses where nothing is; nobody has said who they are yet.</summary>
public sealed class FileGate(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        var isCountedLater = http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<RateMark>() is not { Tier: RateTier.Static };
        return isCountedLater || limits.Take(RateTier.Static, RatePartition.OfNetwork(http.Connection.RemoteIpAddress), weight: 1) is not { } wait
            ? next(http)
            : RateGate.RefuseAsync(http, wait);
    }
}
