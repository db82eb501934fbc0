using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets.Fetching;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>Central banks and statistics offices, in the formats that they publish.</summary>
public sealed class EconomyTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Key = "abcdefghijklmnopqrstuvwxyz123456";

    private static readonly FetcherId Bonds = FetcherId.From("macro.bonds@fred/DGS10");
    private static readonly FetcherId Inflation = FetcherId.From("macro.inflation@fred/CPIAUCSL");
    private static readonly FetcherId Ecb = FetcherId.From("macro.policy-rate@ecb/DFR");
    private static readonly FetcherId BankOfEngland = FetcherId.From("macro.policy-rate@boe/IUDBEDR");
    private static readonly FetcherId DiscountWindow = FetcherId.From("macro.policy-rate@fred-graph/PCREDIT8");
    private static readonly FetcherId Oecd = FetcherId.From("macro.bonds@oecd/STINT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_of_a_source_goes_to_the_source_and_nowhere_else()
    {
        await using var fred = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Query["api_key"] == Key ? """{"observations":[]}""" : "no", Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, fred, "fred");

        var without = await node.RunAsync(Bonds);
        await node.SealKeyAsync("fred", Key);
        var with = await node.RunAsync(Bonds);
        await fred.DisposeAsync();
        var gone = await node.RunAsync(Bonds);

        Assert.Equal((FetchFault.NoKey, null, FetchFault.Disconnected), (without.Failed?.Fault, with.Failed?.Fault, gone.Failed?.Fault));
        Assert.Contains(fred.Calls, call => call.Target.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, $"{stand.Log.All} {gone.Failed} {(await node.ReportAsync(Bonds)).Row}", StringComparison.Ordinal);
    }

    // As documented at fred.stlouisfed.org/docs/api/fred/series_observations.html.
    [Fact]
    public async Task Vintages_tell_what_was_known_when()
    {
        await using var fred = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Query["realtime_start"] == "2025-01-01"
                ? """
                  {"realtime_start":"2025-01-01","realtime_end":"2029-12-31","units":"lin","count":3,"observations":[
                  {"realtime_start":"2026-09-11","realtime_end":"2026-10-12","date":"2026-08-01","value":"324.100"},
                  {"realtime_start":"2026-10-13","realtime_end":"9999-12-31","date":"2026-08-01","value":"324.368"},
                  {"realtime_start":"2026-10-13","realtime_end":"9999-12-31","date":"2026-09-01","value":"."}]}
                  """
                : """{"observations":[]}""", Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, fred, "fred");
        await node.SealKeyAsync("fred", Key);

        Assert.Null((await node.RunAsync(Inflation)).Failed);

        Assert.Empty(await node.KnownAsync(Inflation, at: Day("2026-09-12")));
        Assert.Equal([324.100m], Values(await node.KnownAsync(Inflation, at: Day("2026-09-13"))));
        Assert.Equal([324.368m, null], Values(await node.KnownAsync(Inflation, at: Day("2026-10-15"))));
    }

    [Fact]
    public async Task All_vintages_are_asked_for_once_and_then_the_new_ones()
    {
        await using var fred = await LoopbackVenue.SayingAsync(200, """{"observations":[]}""");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, fred, "fred");
        await node.SealKeyAsync("fred", Key);
        await node.RunAsync(Inflation);

        var first = fred.Calls.Select(call => Query(call.Target, "realtime_start")).ToList();
        await node.RunAsync(Inflation);

        Assert.Equal(["1776-07-04", "2000-01-01", "2005-01-01", "2010-01-01", "2015-01-01", "2020-01-01", "2025-01-01"], first);
        Assert.Equal("2026-11-20", Query(fred.Calls.Last().Target, "realtime_start"));
        Assert.Equal(8, fred.Calls.Count);
    }

    [Fact]
    public async Task Vintages_go_on_where_they_broke_off()
    {
        var calls = 0;
        await using var fred = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = ++calls == 3 ? 500 : 200;
            return context.Response.WriteAsync("""{"observations":[]}""", Cancel);
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, fred, "fred");
        await node.SealKeyAsync("fred", Key);

        Assert.Equal(3, (await node.RunAsync(Inflation)).Calls);
        await node.RunAsync(Inflation);

        Assert.Equal("2005-01-01", Query(fred.Calls.ElementAt(2).Target, "realtime_start"));
        // Three days before the last one that was kept ends.
        Assert.Equal("2004-12-28", Query(fred.Calls.ElementAt(3).Target, "realtime_start"));
    }

    [Fact]
    public async Task Deposit_rate_of_the_ECB_is_read_by_the_names_of_its_columns()
    {
        await using var ecb = await LoopbackVenue.SayingAsync(200,
            """
            KEY,FREQ,REF_AREA,CURRENCY,PROVIDER_FM,INSTRUMENT_FM,PROVIDER_FM_ID,DATA_TYPE_FM,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,TITLE
            FM.D.U2.EUR.4F.KR.DFR.LEV,D,U2,EUR,4F,KR,DFR,LEV,2026-11-19,2.00,A,F,"Deposit facility, daily"
            FM.D.U2.EUR.4F.KR.DFR.LEV,D,U2,EUR,4F,KR,DFR,LEV,2026-11-20,2.25,A,F,"Deposit facility, daily"
            FM.D.U2.EUR.4F.KR.DFR.LEV,D,U2,EUR,4F,KR,DFR,LEV,2026-11-22,,M,F,
            """);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, ecb, "ecb");

        await node.RunAsync(Ecb);
        await node.RunAsync(Ecb);

        Assert.Equal([2.00m, 2.25m, null], Values(await node.KnownAsync(Ecb)));
        Assert.Equal(1, (await node.ReportAsync(Ecb)).Row!.Gaps);
        Assert.Equal("/service/data/FM/D.U2.EUR.4F.KR.DFR.LEV?format=csvdata", ecb.Calls.First().Target);
        Assert.EndsWith("&startPeriod=2025-10-19", ecb.Calls.Last().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bank_rate_of_the_Bank_of_England_is_read()
    {
        await using var bank = await LoopbackVenue.SayingAsync(200, "DATE,IUDBEDR\r\n19 Nov 2026,4\r\n20 Nov 2026,3.75\r\n");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, bank, "boe");

        await node.RunAsync(BankOfEngland);

        Assert.Equal(
            [(Day("2026-11-19"), 4m), (Day("2026-11-20"), 3.75m)],
            (await node.KnownAsync(BankOfEngland)).Select(fact => (fact.At, ((Observation)fact.Content).Value!.Value)));
        Assert.Equal("01/Jan/1975", Query(bank.Calls.Single().Target, "Datefrom"));
    }

    [Fact]
    public async Task CSV_that_changed_its_columns_is_refused_whole()
    {
        await using var bank = await LoopbackVenue.SayingAsync(200, "Day,Value\n19 Nov 2026,4\n");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, bank, "boe");

        Assert.Equal(FetchFault.Unreadable, (await node.RunAsync(BankOfEngland)).Failed?.Fault);
        Assert.Empty(await node.KnownAsync(BankOfEngland));
    }

    [Fact]
    public async Task Value_that_is_no_decimal_is_told_and_the_others_are_kept()
    {
        await using var bank = await LoopbackVenue.SayingAsync(200, "DATE,IUDBEDR\n19 Nov 2026,4e0\n20 Nov 2026,3.75\n");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, bank, "boe");

        var outcome = await node.RunAsync(BankOfEngland);

        Assert.Equal((1, 1), (outcome.Facts, outcome.Rejected));
    }

    [Fact, Reads("lean/macro/us-primary-credit-rate.csv")]
    public async Task Recorded_primary_credit_rate_is_read_to_its_last_line()
    {
        var recorded = await File.ReadAllTextAsync(RecordedMarketData.Path("lean", "macro", "us-primary-credit-rate.csv"), Cancel);
        await using var fred = await LoopbackVenue.SayingAsync(200, recorded);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, fred, "fred-graph");

        var outcome = await node.RunAsync(DiscountWindow);

        var known = await node.KnownAsync(DiscountWindow);
        Assert.Equal((56, 0), (outcome.Facts, outcome.Rejected));
        Assert.Equal((Day("2003-01-09"), 2.25m), (known[0].At, ((Observation)known[0].Content).Value));
        Assert.Equal((Day("2023-07-27"), 5.5m), (known[^1].At, ((Observation)known[^1].Content).Value));
    }

    [Fact, Reads("nautilus/macro-oecd-short-term-interest-usa-ea19-gbr-jpn-che.csv")]
    public async Task Recorded_rates_of_the_OECD_are_read_by_month_quarter_and_year()
    {
        var recorded = await File.ReadAllBytesAsync(
            RecordedMarketData.Path("nautilus", "macro-oecd-short-term-interest-usa-ea19-gbr-jpn-che.csv"), Cancel);
        await using var oecd = await LoopbackVenue.StartAsync(context => context.Response.Body.WriteAsync(recorded, Cancel).AsTask());
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, oecd, "oecd");

        var outcome = await node.RunAsync(Oecd);

        var lines = Encoding.UTF8.GetString(recorded).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        Assert.Equal((null, lines, 0), (outcome.Failed, outcome.Facts, outcome.Rejected));
        Assert.Equal(10.84317m, Assert.Single(
            Values(await node.KnownAsync(Oecd, "CHE.STINT.TOT.PC_PA.Q")).Take(1)));
    }

    private static FleetStand.Node Node(FleetStand stand, LoopbackVenue source, string name) => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        ("Platform:Fetchers:Run:0", "macro.*"), ($"Platform:Fetchers:Sources:{name}", source.Address.ToString()));

    private static string? Query(string target, string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(target[target.IndexOf('?', StringComparison.Ordinal)..])[name];

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<decimal?> Values(IEnumerable<Fact> facts) => facts.Select(fact => ((Observation)fact.Content).Value);
}
