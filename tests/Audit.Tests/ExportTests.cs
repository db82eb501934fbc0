using System.Text;
using Xunit.Sdk;

namespace Platform.Audit.Tests;

/// <summary>An export, what <c>audit verify FILE</c> says of it, and what a verifier without our code says.</summary>
public sealed class ExportTests(AuditedDatabase database) : IClassFixture<AuditedDatabase>
{
    private static readonly string Second = Path.Combine(AppContext.BaseDirectory, "SecondVerifier", "verify.py");

    [Fact]
    public async Task Export_holds_without_a_database()
    {
        var file = await ExportAsync();

        var ended = await VerifyAsync(file);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(634, ended.Json.GetProperty("entries").GetInt64());
        Assert.Equal(3, ended.Json.GetProperty("checkpoints").GetInt64());
    }

    [Fact]
    public async Task Export_of_one_pool_hides_the_others_and_still_holds()
    {
        var file = await ExportAsync("--pool", AuditedDatabase.One.ToString());

        var ended = await VerifyAsync(file);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(634, ended.Json.GetProperty("entries").GetInt64());
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(317, text.Split("\"entry\":").Length - 1);
        Assert.Contains(AuditedDatabase.One.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(AuditedDatabase.Two.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifier_that_shares_no_code_with_us_agrees()
    {
        SkipWithoutPython();
        string[] files = [await ExportAsync(), await ExportAsync("--pool", AuditedDatabase.Two.ToString())];

        foreach (var file in files)
        {
            var ours = await VerifyAsync(file);
            var theirs = await SecondAsync(file);
            Assert.True(theirs.ExitCode == 0, theirs.ToString());
            Assert.Equal(ours.Json.GetProperty("head").GetString(), theirs.Json.GetProperty("head").GetString());
        }
    }

    public static TheoryData<string, int, long> Damages => new()
    {
        { "edited entry", 2, 300 },
        { "entry edited with its leaf", 2, 301 },
        { "line taken out", 2, 301 },
        { "lines swapped", 2, 301 },
        { "leaf of an entry hidden and altered", 2, 301 },
        { "line added after the end", 2, 635 },
        { "checkpoint edited", 3, 512 },
        { "checkpoint taken out", 4, 257 },
        { "cut after a line", 4, 600 },
        { "cut within a line", 4, 600 },
        { "cut at a checkpoint", 4, 512 },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_export_is_refused_by_both_verifiers(string damage, int exitCode, long sequence)
    {
        var file = await ExportAsync();
        Damage(file, damage);

        var ours = await VerifyAsync(file);
        Assert.True(ours.ExitCode == exitCode, ours.ToString());
        Assert.Equal(sequence, ours.Sequence);

        SkipWithoutPython();
        var theirs = await SecondAsync(file);
        Assert.True(theirs.ExitCode == exitCode, theirs.ToString());
    }

    [Fact]
    public async Task Export_under_another_key_is_untrusted()
    {
        var file = await ExportAsync();
        var other = Directory.CreateTempSubdirectory("audit").FullName;
        using var key = Workers.Audit.AuditKey.In(other);

        Assert.Equal(5, (await AuditProcess.RunAsync("verify", file, "--key", key.Verifier.ToString())).ExitCode);
    }

    [Fact]
    public async Task File_that_is_no_export_is_wrong_use()
    {
        var file = Path.Combine(database.Folder, "other.jsonl");
        await File.WriteAllTextAsync(file, "{\"a\":1}\n", TestContext.Current.CancellationToken);

        Assert.Equal(1, (await VerifyAsync(file)).ExitCode);
    }

    [Fact]
    public async Task Log_that_does_not_hold_is_not_exported()
    {
        var copy = await database.CopyAsync("delete from platform.mt_events where seq_id = 300");
        var file = Path.Combine(database.Folder, "broken.jsonl");

        var ended = await AuditProcess.RunAsync(
            "export", "--json", "--out", file, "--connection", copy, "--key", database.PublicKey);

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal(300, ended.Sequence);
        Assert.False(File.Exists(file));
        Assert.False(File.Exists($"{file}.part"));
    }

    private static void Damage(string file, string damage)
    {
        var lines = File.ReadAllLines(file).ToList();
        var at = lines.FindIndex(line => line.Contains("\"seq\":300,", StringComparison.Ordinal));
        var checkpoint = lines.FindIndex(line => line.Contains("\\n512\\n", StringComparison.Ordinal));
        var cut = lines.FindIndex(line => line.Contains("\"seq\":600,", StringComparison.Ordinal)) + 1;
        switch (damage)
        {
            case "edited entry":
                lines[at] = lines[at].Replace("\"actor\":\"trader\"", "\"actor\":\"another\"", StringComparison.Ordinal);
                break;
            case "entry edited with its leaf":
                lines[at] = Refit(lines[at].Replace("\"actor\":\"trader\"", "\"actor\":\"another\"", StringComparison.Ordinal));
                break;
            case "line taken out":
                lines.RemoveAt(at);
                break;
            case "lines swapped":
                (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
                break;
            case "leaf of an entry hidden and altered":
                lines[at] = $"{{\"leaf\":\"{new string('0', 64)}\"}}";
                break;
            case "line added after the end":
                lines.Add(lines[at]);
                break;
            case "checkpoint edited":
                lines[checkpoint] = lines[checkpoint].Replace("\\n512\\n", "\\n511\\n", StringComparison.Ordinal);
                break;
            case "checkpoint taken out":
                lines.RemoveAt(checkpoint);
                break;
            case "cut at a checkpoint":
                lines.RemoveRange(checkpoint + 1, lines.Count - checkpoint - 1);
                break;
            default:
                lines.RemoveRange(cut, lines.Count - cut);
                break;
        }

        var text = string.Join('\n', lines) + "\n";
        File.WriteAllText(file, damage is "cut within a line" ? text + "{\"entry\":{\"act" : text);
    }

    // The intruder who knows the format gives the altered entry the leaf that it then has.
    private static string Refit(string line)
    {
        var entry = line["{\"entry\":".Length..line.LastIndexOf(",\"leaf\"", StringComparison.Ordinal)];
        return $"{{\"entry\":{entry},\"leaf\":\"{Domain.Audit.AuditHash.Leaf(Encoding.UTF8.GetBytes(entry))}\"}}";
    }

    private async Task<string> ExportAsync(params string[] options)
    {
        var file = Path.Combine(database.Folder, $"{Guid.CreateVersion7():N}.jsonl");
        string[] command = ["export", "--out", file, "--connection", database.Connection, "--key", database.PublicKey];
        var ended = await AuditProcess.RunAsync([.. command, .. options]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return file;
    }

    private Task<AuditProcess.Ended> VerifyAsync(string file) =>
        AuditProcess.RunAsync("verify", file, "--json", "--key", database.PublicKey);

    private async Task<AuditProcess.Ended> SecondAsync(string file) =>
        await AuditProcess.RunAsync([Second, file, await File.ReadAllTextAsync(database.PublicKey)], "python3");

    private static void SkipWithoutPython()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (var program in new[] { "python3", "openssl" })
        {
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                throw SkipException.ForSkip($"The second verifier needs {program}, which is not on the PATH.");
            }
        }
    }
}
