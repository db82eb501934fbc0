using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets.Registry;

namespace Platform.Api.Markets.Registry;

/// <summary>What staff decides about exchanges; each after a proof.</summary>
public static class ExchangeCommands
{
    private const string Exchange = "exchangeId";

    extension(IEndpointRouteBuilder app)
    {
        public void MapExchangeCommands()
        {
            var exchange = app.MapGroup("/v1/exchanges/{exchangeId}").WithTags("Staff");
            exchange.MapPost("/kill", KillAsync).WithSummary("Stop trading, withdrawals or data at an exchange")
                .WithDescription("On every node within a second. Open orders can still be canceled.")
                .AsksAgain<KillSwitchRequest>(PlatformPermissions.KillVenue, Exchange).RefusesWords();
            exchange.MapPost("/revive", ReviveAsync).WithSummary("Let what was stopped go on")
                .AsksAgain<KillSwitchRequest>(PlatformPermissions.KillVenue, Exchange).RefusesWords();
            exchange.MapPost("/capabilities", CorrectCapabilityAsync).WithSummary("Say what an exchange can do, over what the sources say")
                .AsksAgain<CapabilityRequest>(PlatformPermissions.CorrectVenue, Exchange).RefusesWords("unknown_capability");
            exchange.MapPost("/fees", CorrectFeesAsync).WithSummary("Say what an exchange takes, over what the sources say")
                .AsksAgain<VenueFeesRequest>(PlatformPermissions.CorrectVenue, Exchange).RefusesWords("fee_out_of_range");
            exchange.MapPost("/markets/{market}/rules", AnnounceAsync).WithSummary("Note rules that an exchange announced")
                .AsksAgain<RulesRequest>(PlatformPermissions.CorrectVenue, Exchange).RefusesWords("rules_out_of_range");
        }
    }

    extension(RouteHandlerBuilder route)
    {
        private void RefusesWords(params IReadOnlyList<string> more) => route
            .Refuses(StatusCodes.Status404NotFound, "not_found")
            .Refuses(StatusCodes.Status422UnprocessableEntity, ["words_missing", .. more]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> KillAsync(
        string exchangeId, Danger<KillSwitchRequest> asked, VenueDecisions decisions) => Problems.Answered(await decisions.KillAsync(
            asked.Token, VenueId.From(exchangeId), asked.Body.Activity, asked.Body.Reason, CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> ReviveAsync(
        string exchangeId, Danger<KillSwitchRequest> asked, VenueDecisions decisions) => Problems.Answered(await decisions.ReviveAsync(
            asked.Token, VenueId.From(exchangeId), asked.Body.Activity, asked.Body.Reason, CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> CorrectCapabilityAsync(
        string exchangeId, Danger<CapabilityRequest> asked, VenueDecisions decisions, TimeProvider time) =>
        Problems.Answered(await decisions.CorrectAsync(
            asked.Token, VenueId.From(exchangeId),
            new CapabilityFlag(asked.Body.Capability, asked.Body.Value, asked.Body.Source, asked.Body.Evidence, Today(time)), CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> CorrectFeesAsync(
        string exchangeId, Danger<VenueFeesRequest> asked, VenueDecisions decisions, TimeProvider time) =>
        Problems.Answered(await decisions.CorrectAsync(
            asked.Token, VenueId.From(exchangeId),
            new VenueFees(asked.Body.Maker, asked.Body.Taker, asked.Body.IsTiered, asked.Body.Source, Today(time)), CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> AnnounceAsync(
        string exchangeId, string market, Danger<RulesRequest> asked, VenueDecisions decisions) =>
        Symbol.TryFrom(market, out var symbol)
            ? Problems.Answered(await decisions.AnnounceAsync(
                asked.Token,
                new AnnounceRules(
                    VenueId.From(exchangeId), symbol, asked.Body.EffectiveFrom, asked.Body.Source, asked.Body.TickSize, asked.Body.LotSize,
                    asked.Body.MinQuantity, asked.Body.MaxQuantity, asked.Body.MinNotional), CancellationToken.None))
            : Problems.From(Refusal.NotFound);

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
