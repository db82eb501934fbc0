using System.Globalization;

namespace Platform.Audit.Tests;

/// <summary>What <c>audit verify</c> says of a database that somebody with every right over it has altered.</summary>
public sealed class VerifyTests(AuditedDatabase database) : IClassFixture<AuditedDatabase>
{
    // 2 pools, each 2 + 45 * 7 events.
    private const long Events = 634;

    [Fact]
    public async Task Untouched_log_is_good()
    {
        var ended = await VerifyAsync(await database.CopyAsync());

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal("good", ended.Json.GetProperty("verdict").GetString());
        Assert.Equal(Events, ended.Json.GetProperty("entries").GetInt64());
        Assert.Equal(3, ended.Json.GetProperty("checkpoints").GetInt64());
        Assert.Equal(0, ended.Json.GetProperty("unsigned").GetInt64());
        Assert.Equal(0, ended.Json.GetProperty("pending").GetInt64());
    }

    [Theory]
    [InlineData("update platform.mt_events set data = jsonb_set(data, '{orderId}', '\"x\"') where seq_id = 300")]
    [InlineData("update platform.mt_events set timestamp = timestamp + interval '1 microsecond' where seq_id = 300")]
    [InlineData("update platform.mt_events set user_name = 'somebody else' where seq_id = 300")]
    [InlineData("update platform.mt_events set headers = null where seq_id = 300")]
    [InlineData("update platform.mt_events set type = 'order_canceled' where seq_id = 300")]
    [InlineData("update platform.mt_events set type = 'tombstone' where seq_id = 300")]
    [InlineData("delete from platform.mt_events where seq_id = 300")]
    [InlineData("update platform.audit_link set leaf = link where seq = 300")]
    [InlineData("update platform.audit_link set leaf = 'short' where seq = 300")]
    [InlineData("update platform.audit_link set link = leaf where seq = 300")]
    [InlineData("delete from platform.audit_link where seq = 300")]
    [InlineData("delete from platform.audit_link where seq between 300 and 310")]
    [InlineData("update platform.audit_link set idx = -1 where seq = 300; update platform.audit_link set idx = 299 where seq = 301")]
    public Task Alteration_breaks_the_chain_where_it_was_made(string alteration) => BreaksAsync(2, 300, alteration);

    [Fact]
    public Task Swapped_events_break_the_chain_at_the_first() => BreaksAsync(
        2,
        300,
        """
        update platform.mt_events a set data = b.data, type = b.type, id = gen_random_uuid()
        from platform.mt_events b
        where (a.seq_id, b.seq_id) in ((300, 301), (301, 300))
        """);

    [Fact]
    public Task Event_slipped_into_a_gap_is_found() => BreaksAsync(
        2,
        1_000_000,
        "insert into platform.mt_events select (jsonb_populate_record(e, jsonb_build_object('seq_id', 1000000, 'id',"
        + " gen_random_uuid(), 'version', 99))).* from platform.mt_events e where seq_id = 300",
        "update platform.audit_link set seq = seq + 1000000 where seq > 600",
        "update platform.mt_events set seq_id = seq_id + 1000000 where seq_id between 601 and 634");

    [Fact]
    public Task Altered_event_with_links_taken_away_to_hide_it_was_cut() => BreaksAsync(
        4,
        299,
        "update platform.mt_events set user_name = 'somebody else' where seq_id = 300",
        "delete from platform.audit_link where seq >= 300");

    [Fact]
    public Task Log_without_its_tail_was_cut() => BreaksAsync(
        4,
        600,
        "delete from platform.mt_events where seq_id > 600",
        "delete from platform.audit_link where seq > 600");

    [Fact]
    public Task Log_without_anything_left_was_cut() =>
        BreaksAsync(4, 0, "delete from platform.mt_events", "delete from platform.audit_link");

    [Fact]
    public Task Checkpoint_taken_away_is_missed() =>
        BreaksAsync(4, 257, "delete from platform.audit_checkpoint where size = 512");

    [Theory]
    [InlineData("update platform.audit_checkpoint set note = replace(note, E'\\n512\\n', E'\\n511\\n') where size = 512")]
    [InlineData("update platform.audit_checkpoint set note = 'nothing' where size = 512")]
    [InlineData("update platform.audit_checkpoint set note = regexp_replace(note, '.{8}\\n$', E'AAAAAA==\\n') where size = 512")]
    public Task Forged_checkpoint_has_a_bad_signature(string forgery) => BreaksAsync(3, 512, forgery);

    [Fact]
    public Task Checkpoint_of_another_size_does_not_fit() => BreaksAsync(
        2,
        257,
        "update platform.audit_checkpoint set note = (select note from platform.audit_checkpoint where size = 256) where size = 512");

    [Fact]
    public async Task Log_signed_by_another_key_is_untrusted()
    {
        var other = Directory.CreateTempSubdirectory("audit").FullName;
        using (Workers.Audit.AuditKey.In(other))
        {
            // Made for its public half.
        }

        var ended = await AuditProcess.RunAsync(
            "verify", "--json", "--connection", await database.CopyAsync(), "--key", Path.Combine(other, "audit.pub"));

        Assert.Equal(5, ended.ExitCode);
        Assert.Equal(256, ended.Sequence);
    }

    [Fact]
    public async Task Events_that_wait_for_the_chain_are_counted_not_blamed()
    {
        var copy = await database.CopyAsync("delete from platform.audit_checkpoint where size > 512", "delete from platform.audit_link where seq > 600");

        var ended = await VerifyAsync(copy);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(88, ended.Json.GetProperty("unsigned").GetInt64());
        Assert.Equal(34, ended.Json.GetProperty("pending").GetInt64());
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "--connection", "Host=x")]
    [InlineData("verify", "--key", "not a key")]
    [InlineData("verify", "--nothing")]
    [InlineData("export")]
    [InlineData("wash")]
    public async Task Wrong_use_ends_with_one_and_says_why(params string[] arguments)
    {
        var ended = await AuditProcess.RunAsync(arguments);

        Assert.Equal(1, ended.ExitCode);
        Assert.NotEmpty(ended.Errors);
    }

    [Fact]
    public async Task Database_that_is_away_ends_with_a_ray_id_to_find_the_rest_by()
    {
        var ended = await AuditProcess.RunAsync("verify", "--connection", "Host=127.0.0.1;Port=1;Timeout=2", "--key", database.PublicKey);

        Assert.Equal(70, ended.ExitCode);
        Assert.Matches("ray [0-9a-f]{32}-acli", ended.Errors);
    }

    [Fact]
    public async Task Report_for_a_person_names_the_sequence()
    {
        var copy = await database.CopyAsync("delete from platform.mt_events where seq_id = 300");

        var ended = await AuditProcess.RunAsync("verify", "--connection", copy, "--key", database.PublicKey);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(300.ToString(CultureInfo.InvariantCulture), ended.Output, StringComparison.Ordinal);
    }

    private async Task BreaksAsync(int exitCode, long sequence, params string[] statements)
    {
        var ended = await VerifyAsync(await database.CopyAsync(statements));

        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        Assert.Equal(sequence, ended.Sequence);
    }

    private Task<AuditProcess.Ended> VerifyAsync(string connection) =>
        AuditProcess.RunAsync("verify", "--json", "--connection", connection, "--key", database.PublicKey);
}
