using System.Globalization;
using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Secrets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Idempotency;
using Platform.Projections.Identity;
using Platform.Projections.Secrets;

namespace Platform.Audit.Tests;

/// <summary><c>audit diff</c> and <c>audit replay</c>: the events alone against what the platform shows.</summary>
public sealed class ReadModelTests(AuditedDatabase database) : IClassFixture<AuditedDatabase>
{
    private static readonly Guid Account = AccountId.For(AuditedDatabase.One, VenueId.From("paper")).Value;
    private static readonly Guid Order = OrderId.For(AuditedDatabase.One, EnsureKey.From("order-7")).Value;

    [Fact]
    public void Every_read_model_that_the_store_keeps_from_events_is_compared()
    {
        using IDocumentStore store = DocumentStore.For(options => options.UsePlatform(database.Connection));

        // Orders, secrets and their keys are folded when they are needed and have no rows; users, their credentials and
        // what is sealed are documents, not derived from events.
        var kept = store.Options.AllKnownDocumentTypes().Select(known => known.DocumentType)
            .Where(type => type.FullName!.StartsWith("Platform.", StringComparison.Ordinal))
            .Except([
                typeof(Order), typeof(SealedSecret), typeof(SecretAccess), typeof(KeyRing),
                typeof(UserAccount), typeof(ApiKeyCredential), typeof(PasskeyCredential), typeof(PasskeyChallenge),
                typeof(TotpFactor), typeof(UserSession), typeof(InnerLineage), typeof(DangerUse),
                typeof(SecretEnvelope), typeof(WrappedKey), typeof(IdempotencyRecord)]);

        Assert.Equal(
            kept.Select(type => type.Name).Order(StringComparer.Ordinal),
            ReadModels.All().Select(model => model.Row.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Live_rows_agree_with_their_events()
    {
        var ended = await DiffAsync(await database.CopyAsync());

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var rows = ended.Json.GetProperty("rows");
        Assert.Equal(90, rows.GetProperty("OrderView").GetInt64());
        Assert.Equal(90, rows.GetProperty("Trade").GetInt64());
        Assert.Equal(2, rows.GetProperty("Book").GetInt64());
        Assert.Equal(2, rows.GetProperty("Account").GetInt64());
    }

    [Fact]
    public async Task Rows_that_lag_behind_are_compared_with_the_events_they_have_seen()
    {
        var copy = await database.CopyAsync(
            "update platform.mt_event_progression set last_seq_id = 0 where name = 'Trading:All'",
            "delete from platform.mt_doc_orderview; delete from platform.mt_doc_trade; delete from platform.mt_doc_book");

        var ended = await DiffAsync(copy);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(0, ended.Json.GetProperty("rows").GetProperty("Trade").GetInt64());
    }

    public static TheoryData<string, string, string> Alterations => new()
    {
        { "update platform.mt_doc_book set data = jsonb_set(data, '{cash}', '\"1\"')", "Book", "$.cash" },
        { "update platform.mt_doc_account set data = jsonb_set(data, '{lastTradeNumber}', '1')", "Account", "$.lastTradeNumber" },
        { "update platform.mt_doc_orderview set data = jsonb_set(data, '{state,attempt}', '2')", "OrderView", "$.state.attempt" },
        { "update platform.mt_doc_trade set data = jsonb_set(data, '{fill,price}', '\"9\"')", "Trade", "$.fill.price" },
        { "delete from platform.mt_doc_trade where data->>'number' = '5'", "Trade", "$" },
        { "update platform.mt_doc_orderview set id = gen_random_uuid() where id = '{order}'", "OrderView", "$" },
        { "update platform.mt_doc_trade set tenant_id = 'nobody' where tenant_id like '%1' and data->>'number' = '5'", "Trade", "$" },
        { "update platform.mt_events set data = jsonb_set(data, '{fill,fee,amount}', '\"0.02\"') where type = 'fill_booked'", "Account", "" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task First_difference_is_named(string alteration, string model, string path)
    {
        var statement = alteration.Replace("{order}", Order.ToString(), StringComparison.Ordinal);
        var ended = await DiffAsync(await database.CopyAsync(statement));

        Assert.True(ended.ExitCode == 6, ended.ToString());
        var difference = ended.Json.GetProperty("difference");
        Assert.Equal(model, difference.GetProperty("model").GetString());
        Assert.StartsWith(path, difference.GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Difference_in_another_pool_is_not_this_pools()
    {
        var copy = await database.CopyAsync(
            $"update platform.mt_doc_book set data = jsonb_set(data, '{{cash}}', '\"1\"') where id = '{Account}'");

        Assert.Equal(0, (await DiffAsync(copy, "--pool", AuditedDatabase.Two.ToString())).ExitCode);
        Assert.Equal(6, (await DiffAsync(copy, "--pool", AuditedDatabase.One.ToString())).ExitCode);
    }

    [Fact]
    public async Task Replay_gives_what_the_read_models_show()
    {
        var ended = await ReplayAsync();

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(45, ended.Json.GetProperty("orders").GetArrayLength());
        var account = ended.Json.GetProperty("accounts")[0];
        using var store = DocumentStore.For(options => options.UsePlatform(database.Connection));
        await using var session = store.QuerySession(AuditedDatabase.One.Tenant);
        var live = await session.LoadAsync<Book>(AccountId.From(Account), TestContext.Current.CancellationToken);
        Assert.Null(JsonDifference.First(store.Options.Serializer().ToJson(live), account.GetProperty("book").GetRawText()));
    }

    [Fact]
    public async Task Gains_of_a_replay_add_up_to_the_last_digit()
    {
        var pnl = (await ReplayAsync()).Json.GetProperty("accounts")[0].GetProperty("pnl");

        decimal Of(string name) => decimal.Parse(pnl.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(Of("equity"), Of("deposits") + Of("realized") + Of("unrealized") - Of("expensedFees"));
    }

    [Fact]
    public async Task Replay_to_a_time_leaves_out_what_came_later()
    {
        var copy = await database.CopyAsync("update platform.mt_events set timestamp = '2030-01-01Z' where seq_id > 100");

        var ended = await ReplayAsync(copy, "--to", "2029-12-31T00:00:00Z");

        Assert.Equal(100, ended.Json.GetProperty("sequence").GetInt64());
        Assert.Equal(14, ended.Json.GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Replay_for_a_person_is_a_table()
    {
        var ended = await AuditProcess.RunAsync(
            "replay", "--pool", AuditedDatabase.One.ToString(), "--connection", database.Connection);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("BTC-USDT", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Filled", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pool_that_nobody_opened_is_wrong_use()
    {
        var ended = await AuditProcess.RunAsync(
            "replay", "--pool", Guid.Empty.ToString(), "--connection", database.Connection);

        Assert.Equal(1, ended.ExitCode);
    }

    private Task<AuditProcess.Ended> ReplayAsync() => ReplayAsync(database.Connection);

    private static Task<AuditProcess.Ended> ReplayAsync(string connection, params string[] options) =>
        AuditProcess.RunAsync(
            ["replay", "--json", "--pool", AuditedDatabase.One.ToString(), "--connection", connection, .. options]);

    private static Task<AuditProcess.Ended> DiffAsync(string connection, params string[] options) =>
        AuditProcess.RunAsync(["diff", "--json", "--connection", connection, .. options]);
}
