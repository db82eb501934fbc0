using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Platform.Tests.Support;
using Platform.Workers.Identity.Mail;

namespace Platform.Workers.Tests.Identity;

/// <summary>How letters leave the house: to an SMTP server that we did not write.</summary>
public sealed class MailerTests : IAsyncLifetime
{
    private const string Python = "/usr/bin/python3";
    private const string Reason = $"{Python} has no module smtpd, which is the server of this test.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Letter Letter = new("somebody@people.test", "Confirm your address", "https://platform.test/verify#AbC-_123");

    private readonly string folder = Directory.CreateTempSubdirectory("mailer-").FullName;
    private readonly int port = FreePort.Next();
    private ChildProcess? server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Log => Path.Combine(folder, "smtp.log");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Letter_is_taken_by_the_server_as_it_was_written()
    {
        await StartServerAsync();
        var id = Guid.CreateVersion7();

        await MailerTo(requireTls: false).SendAsync(id, Letter, Cancel);

        await Eventually.IsTrueAsync("the server has it", Patience, _ => Task.FromResult(server!.LogTail.Contains("END MESSAGE", StringComparison.Ordinal)), Cancel);
        Assert.Contains("To: somebody@people.test", server!.LogTail, StringComparison.Ordinal);
        Assert.Contains("From: platform@people.test", server.LogTail, StringComparison.Ordinal);
        Assert.Contains($"Message-Id: <{id:N}@platform>", server.LogTail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://platform.test/verify#AbC-_123", server.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_cannot_encrypt_gets_no_letter_where_that_is_asked_for()
    {
        await StartServerAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => MailerTo(requireTls: true).SendAsync(Guid.CreateVersion7(), Letter, Cancel));

        Assert.DoesNotContain("somebody@people.test", server!.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letter_that_no_server_takes_is_not_taken_for_sent() => await Assert.ThrowsAnyAsync<SocketException>(
        () => MailerTo(requireTls: false).SendAsync(Guid.CreateVersion7(), Letter, Cancel));

    private async Task StartServerAsync()
    {
        Assert.SkipUnless(File.Exists(Python), Reason);
        server = ChildProcess.Start(
            Python, ["-W", "ignore", "-u", "-m", "smtpd", "-n", "-c", "DebuggingServer", $"127.0.0.1:{port}"],
            new Dictionary<string, string>(), Log);
        await Eventually.IsTrueAsync("the server listens", Patience, async waiting =>
        {
            Assert.SkipWhen(server.HasExited && server.LogTail.Contains("No module named", StringComparison.Ordinal), Reason);
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync("127.0.0.1", port, waiting);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }, Cancel);
    }

    private Mailer MailerTo(bool requireTls) => new(
        Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, RequireTls = requireTls, From = "platform@people.test" }),
        TimeProvider.System, folder);
}
