using System.CommandLine;
using System.Globalization;
using Marten;
using Platform.Domain.Secrets;
using Platform.Projections.Secrets;
using Platform.Workers.Secrets;
using Spectre.Console;

namespace Platform.Api.Secrets;

/// <summary><c>platform secrets list|set|destroy</c>. A value comes on standard input and nowhere else, and is never shown.</summary>
internal static class SecretsCommand
{
    private const int ListMax = 10_000;

    private static readonly Argument<string> Id = new("id") { Description = "What the secret belongs to, e.g. venue.paper." };

    private static readonly Argument<string> Name = new("name") { Description = "Which of its secrets it is, e.g. credentials." };

    // Whoever types a secret here is told not to, and what was typed is not repeated.
    private static readonly Argument<string[]> Typed = new("value") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<Guid?> Pool = new("--pool") { Description = "The pool whose secret it is; without it, the platform's own." };

    private static readonly Option<bool> Exact = new("--exact")
    {
        Description = "Keep the line end at the end of the value, which is otherwise taken off.",
    };

    public static Command Create(IServiceProvider services)
    {
        var list = new Command("list", "Show which secrets there are; no value is shown, ever.");
        list.SetAction((_, stop) => ListAsync(services.GetRequiredService<IDocumentStore>(), stop));
        var set = new Command("set", "Seal what comes on standard input: platform secrets set ID NAME < FILE") { Id, Name, Typed, Pool, Exact };
        set.SetAction((arguments, stop) => arguments.GetValue(Typed) is { Length: > 0 }
            ? throw new UsageException(
                "A secret on the command line is kept by the shell's history and shown by ps. Take this one for known, and give "
                + "the next on standard input: platform secrets set ID NAME < FILE")
            : SetAsync(services, AddressOf(arguments), arguments.GetValue(Exact), stop));
        var destroy = new Command("destroy", "Forget a secret for good.") { Id, Name, Pool };
        destroy.SetAction((arguments, stop) => DestroyAsync(services.GetRequiredService<SecretVault>(), AddressOf(arguments), stop));
        return new("secrets", "What the vault keeps.") { list, set, destroy };
    }

    private static SecretAddress AddressOf(ParseResult arguments) => SecretArguments.Address(
        arguments.GetValue(Pool), arguments.GetRequiredValue(Id), arguments.GetRequiredValue(Name));

    private static async Task<int> ListAsync(IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var rows = await session.Query<SecretEnvelope>().Where(row => row.AnyTenant()).Take(ListMax).ToListAsync(stop);
        var table = new Table().AddColumns("Id", "Name", "Pool", "Version", "Data key", "Sealed");
        foreach (var row in rows.OrderBy(row => row.Address.ToString(), StringComparer.Ordinal))
            table.AddRow(
                row.Address.Id.Value, row.Address.Name.Value, row.Address.Pool?.ToString() ?? "-", Text(row.SecretVersion),
                Text(row.KeyVersion), row.SealedAt.ToString("u", CultureInfo.InvariantCulture));
        Terminal.Print(table);
        if (rows.Count == ListMax)
            Terminal.Remarks.WriteLine($"There are more than these {ListMax}.");
        return 0;
    }

    private static async Task<int> SetAsync(IServiceProvider services, SecretAddress address, bool isExact, CancellationToken stop)
    {
        using var value = ReadValue(isExact);
        await services.OpenVaultAsync(stop);
        var vault = services.GetRequiredService<SecretVault>();
        await using var session = vault.SessionOf(address);
        await vault.SealAsync(session, address, value, stop);
        await session.SaveChangesAsync(stop);
        await Console.Out.WriteLineAsync($"{address} is sealed.");
        return 0;
    }

    private static async Task<int> DestroyAsync(SecretVault vault, SecretAddress address, CancellationToken stop)
    {
        await using var session = vault.SessionOf(address);
        if (await SecretVault.DestroyAsync(session, address, stop) is { } refusal)
            throw new UsageException($"{address}: {refusal.Detail}");

        await session.SaveChangesAsync(stop);
        await Console.Out.WriteLineAsync($"{address} is destroyed.");
        return 0;
    }

    private static SecretBytes ReadValue(bool isExact)
    {
        if (!Console.IsInputRedirected)
            throw new UsageException("The value comes on standard input: platform secrets set ID NAME < FILE");

        using var input = Console.OpenStandardInput();
        using var buffer = SecretBytes.Empty(Envelope.PlaintextBytesMax + 1);
        var length = input.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false);
        if (length > Envelope.PlaintextBytesMax)
            throw new UsageException($"A secret has at most {Envelope.PlaintextBytesMax} bytes.");

        var value = buffer.Span[..length];
        if (!isExact && value is [.., (byte)'\n'])
            value = value is [.., (byte)'\r', _] ? value[..^2] : value[..^1];
        return value.IsEmpty ? throw new UsageException("There is nothing on standard input.") : SecretBytes.CopyOf(value);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
