using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Tests.Support;
using Platform.Workers.Realtime;

namespace Platform.Api.Tests.Identity.Sweep;

/// <summary>Everything that can be asked of the platform, asked by everybody, against the matrix.</summary>
public sealed class SweepTests(PlatformHost platform, SweepStage stage) : IClassFixture<SweepStage>
{
    private const int AtOnce = 4;

    private static readonly HashSet<string> DenialCodes = [.. Enum.GetValues<Denial>().Select(Denials.CodeOf)];

    private readonly ConcurrentBag<string> wrong = [];
    private readonly ConcurrentDictionary<string, int> outcomes = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReadOnlyList<Endpoint> Endpoints => platform.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    [Fact]
    public async Task Every_endpoint_answers_every_credential_as_the_matrix_says()
    {
        // One that is no route could not be called, and one whose address has an unknown part throws.
        Assert.All(Endpoints, endpoint => Assert.IsType<RouteEndpoint>(endpoint));
        var calls = Endpoints.Cast<RouteEndpoint>().SelectMany(endpoint => SweepCall.Of(endpoint, stage.Values)).ToList();

        await Parallel.ForEachAsync(stage.Callers.Concat(stage.Partners), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel },
            async (caller, cancel) =>
            {
                foreach (var call in calls.Where(call => call.IsPartners == caller.KeyName is not null))
                {
                    foreach (var tier in call.Tiers)
                        Compare(call.Expected(caller, tier), await AskAsync(call, caller, tier, cancel), $"{call.Method} {call.Path} with {tier}", caller);
                }
            });

        Tell($"{calls.Count} endpoints");
    }

    [Fact]
    public async Task Every_operation_that_asks_again_gives_its_token_to_whom_the_matrix_says()
    {
        var operations = Permissions.All.Where(permission => permission.Tier is TokenTier.Danger).ToList();

        await Parallel.ForEachAsync(stage.Callers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (caller, cancel) =>
        {
            using var client = stage.Client();
            foreach (var operation in operations)
            {
                var outcome = await Eventually.AnswersAsync(
                    "the node knows the barriers", Trader.Patience, waiting => AskAgainAsync(client, operation, caller, waiting), cancel);
                var mayAsk = caller.Expected(AccountPermissions.ProveAgain, TokenTier.Outer);
                Compare(
                    mayAsk is SweepCaller.Allowed ? caller.Expected(operation, TokenTier.Danger) : mayAsk,
                    outcome, operation.Id, caller);
            }
        });

        Tell($"{operations.Count} operations that ask again");
    }

    [Fact]
    public async Task Every_hub_method_and_every_topic_answers_every_credential_as_the_matrix_says()
    {
        var methods = Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct()
            .SelectMany(HubPermissions.MethodsOf).ToList();
        var families = platform.Services.GetServices<ITopicFamily>().ToList();

        await Parallel.ForEachAsync(stage.Callers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (caller, cancel) =>
        {
            await using var hub = HubOf(caller);
            if (caller is { Unknown: not null, Bearer: not null })
            {
                // Turned away before there is anything to call.
                await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync(cancel));
                outcomes.AddOrUpdate("turned away", methods.Count + families.Count, (_, count) => count + methods.Count + families.Count);
                return;
            }

            await hub.StartAsync(cancel);
            foreach (var method in methods)
                Compare(caller.Expected(method.HubPermission!, TokenTier.Outer), await CallAsync(hub, method, caller, cancel), method.Name, caller);
            foreach (var family in families)
            {
                var isThere = caller.Expected(family.Permission, TokenTier.Outer) is SweepCaller.Allowed;
                Compare(isThere ? SweepCaller.Allowed : "no_such_topic", await WatchAsync(hub, family, cancel), family.Name, caller);
            }
        });

        Tell($"{methods.Count} hub methods, {families.Count} families of topics");
    }

    // Without a proof nothing is issued to anybody. Null: a busy machine is a second behind with the barriers, and judges
    // nothing; asking until it is not uses up what one network may ask.
    private async Task<string?> AskAgainAsync(HttpClient client, Permission operation, SweepCaller caller, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/danger")
        {
            Content = JsonContent.Create(new { operation = operation.Id, resource = (string?)null, poolId = stage.Pool.Value, payload = new { } }),
        };
        if (caller.Bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Bearer}");
        using var answer = await client.SendAsync(request, cancel);
        var outcome = await OutcomeAsync(answer, operation.IsPooled, cancel);
        return outcome is "503 barrier_stale" or "429 rate_limited" ? null : outcome;
    }

    private static async Task<string> AskAsync(SweepCall call, SweepCaller caller, TokenTier tier, CancellationToken cancel)
    {
        using var request = call.RequestOf(caller, tier);
        using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return await OutcomeAsync(answer, call.Permission.IsPooled, cancel);
    }

    private static async Task<string> OutcomeAsync(HttpResponseMessage answer, bool isHidden, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        var code = status >= 400 && answer.Content.Headers.ContentType?.MediaType is "application/problem+json"
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString()!
            : "";
        return (status, code) switch
        {
            (401, _) => $"401 {code}",
            (403, _) when DenialCodes.Contains(code) => $"403 {code}",
            (404, "not_found") when isHidden => "404 not_found",
            // Too often, broken, or away: nobody knows what would have been said.
            (429 or >= 500, _) => $"{status} {code}",
            _ => SweepCaller.Allowed,
        };
    }

    private HubConnection HubOf(SweepCaller caller) => new HubConnectionBuilder().WithUrl(new Uri(platform.Address, "/hub"), http =>
    {
        http.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        if (caller.Bearer is not null)
            http.Headers["Authorization"] = $"Bearer {caller.Bearer}";
    }).Build();

    private static async Task<string> CallAsync(HubConnection hub, MethodInfo method, SweepCaller caller, CancellationToken cancel)
    {
        var name = method.GetCustomAttribute<HubMethodNameAttribute>()?.Name ?? method.Name;
        object?[] arguments = name switch
        {
            "Authenticate" => [caller.Bearer ?? ""],
            "Watch" => [Array.Empty<object>()],
            "Unwatch" => [Array.Empty<int>()],
            _ => throw new NotSupportedException($"The sweep does not know how to call {name}."),
        };
        try
        {
            await hub.InvokeCoreAsync(name, typeof(object), arguments, cancel);
            return SweepCaller.Allowed;
        }
        catch (Microsoft.AspNetCore.SignalR.HubException refused)
        {
            return refused.Message.EndsWith("invalid_token", StringComparison.Ordinal) ? SweepCaller.Allowed : refused.Message;
        }
    }

    private async Task<string> WatchAsync(HubConnection hub, ITopicFamily family, CancellationToken cancel)
    {
        var topic = $"{family.Name}/{(family.Permission.IsPooled ? $"{stage.Pool}" : Trader.Market)}";
        var replies = await hub.InvokeAsync<List<JsonElement>>("Watch", new[] { new { topic } }, cancel);
        return Assert.Single(replies).TryGetProperty("code", out var code) ? code.GetString()! : SweepCaller.Allowed;
    }

    private void Compare(string expected, string actual, string what, SweepCaller caller)
    {
        outcomes.AddOrUpdate(actual, 1, (_, count) => count + 1);
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
            wrong.Add($"{what}, {caller.Name}: {actual}, and by the matrix {expected}");
    }

    private void Tell(string what)
    {
        var counts = outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {outcomes.Values.Sum()} combinations compared with the matrix ({string.Join(", ", counts)}).");
        Assert.Empty(wrong.Order(StringComparer.Ordinal));
    }
}
