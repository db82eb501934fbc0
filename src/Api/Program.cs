using System.Diagnostics;
using JasperFx;
using JasperFx.CodeGeneration;
using Platform.Api;
using Platform.Api.Idempotency;
using Platform.Api.Identity;
using Platform.Api.Identity.ApiKeys;
using Platform.Api.Limits;
using Platform.Api.Lists;
using Platform.Api.Markets;
using Platform.Api.Markets.Registry;
using Platform.Api.Operation;
using Platform.Api.Pools;
using Platform.Api.Realtime;
using Platform.Api.Snapshots;
using Platform.Api.Trading;
using Platform.Domain.Identity;
using Platform.Workers;
using Wolverine;

// A line ends with CR LF and with nothing else (RFC 9112 2.2): a bare LF is where readers cut a request differently.
AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);
var builder = WebApplication.CreateBuilder(args);
var limits = builder.Configuration.GetSection(RequestLimits.Section).Get<RequestLimits>() ?? new();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    limits.ApplyTo(kestrel);
});
if (args is [] or ["run", ..] && string.IsNullOrEmpty(builder.Configuration["Platform:Postgres"]))
    return await PlatformCommands.FailAsync("Platform:Postgres is not set: a PostgreSQL connection string.");
builder.AddTelemetry();
builder.QuietForCommands(args);
builder.AddPlatformWorkers();
builder.Host.UseWolverine(options =>
{
    options.ApplicationAssembly = typeof(Program).Assembly;
    options.UsePlatformBus(builder.Configuration);
});
builder.Services.CritterStackDefaults(defaults =>
{
    defaults.Production.GeneratedCodeMode = TypeLoadMode.Static;
    defaults.Production.AssertAllPreGeneratedTypesExist = true;
});
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(12));
builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
builder.Services.ConfigureHttpJsonOptions(http => http.SerializerOptions.UsePlatform());
builder.Services.AddPlatformProblems();
builder.Services.AddLists(builder.KeyFolderPath);
builder.Services.AddIdempotency(builder.KeyFolderPath);
builder.Services.AddIdentityRoom();
builder.Services.AddTradingRoom();
builder.Services.AddMarketsRoom();
builder.Services.AddRealtime();
builder.Services.AddLimits();
builder.Services.AddTopicRights();
builder.Services.AddHealth();
builder.Services.AddApiDocument();

var app = builder.Build();
app.UseRayId();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseBrowserRules();
app.UseMiddleware<PlainRequests>();
app.UseMiddleware<FileGate>();
app.UseWebApp();
app.UseMiddleware<KeyInPath>();
app.UseAuthentication();
app.UseMiddleware<RateGate>();
app.UseDeprecation();
app.UsePermissions();
app.UseMiddleware<UserLimitGate>((Func<Plan, KycLevel, int>)UserLimits.WritesPerDayOf);
app.UseMiddleware<IdempotencyGate>();
app.MapSignIn();
app.MapRegistration();
app.MapAccount();
app.MapTotp();
app.MapPasskeys();
app.MapApiKeys();
app.MapMembers();
app.MapStaff();
app.MapSessions();
app.MapDanger();
app.MapPools();
app.MapPoolCommands();
app.MapTrading();
app.MapMarkets();
app.MapFetchers();
app.MapAssets();
app.MapGaps();
app.MapSeries();
app.MapExchanges();
app.MapExchangeCommands();
app.MapVenueAccounts();
app.MapChains();
app.MapRealtime();
var partners = app.MapPartnerApi();
partners.MapPools();
partners.MapTrading();
partners.MapMarkets();
partners.MapAssets();
partners.MapExchanges();
partners.MapChains();
app.MapHealth();
app.MapApiDocument();
app.VerifyEveryEndpointDeclaresItsPermission();
return await app.RunCommandAsync(args);
