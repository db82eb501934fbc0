using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Projections;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;

// The room of the markets and its cold path alone, set by the environment, so that it starts in a moment.
var builder = Host.CreateEmptyApplicationBuilder(new() { Args = args });
builder.Configuration.AddEnvironmentVariables();
builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Information);
builder.Services.AddPlatformStore(
    builder.Configuration["Platform:Postgres"] ?? throw new InvalidOperationException("Platform__Postgres names no database."));
builder.AddColdPath(
    builder.Configuration["Platform:Aggregation:JournalFolder"] ?? throw new InvalidOperationException("There is no folder."));
builder.AddMarkets();
await builder.Build().RunAsync();
