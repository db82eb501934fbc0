using System.CommandLine;
using System.Globalization;
using Platform.Domain.Secrets;
using Platform.Workers.Secrets;
using Spectre.Console;

namespace Platform.Api.Secrets;

/// <summary>
/// <c>platform keys status|rotate|renew</c>. A rotation may be killed at any time and is taken up by the next, or by a running
/// platform within the hour; running nodes need no restart.
/// </summary>
internal static class KeysCommand
{
    private static readonly Option<string?> NewKek = new("--kek")
    {
        Description = "A file with a new key-encryption key (32 bytes, mode 400): the data keys are wrapped by it, and nothing else changes.",
    };

    private static readonly Argument<string> Purpose = new("purpose") { Description = "What the key is for, e.g. apikeys.pepper." };

    public static Command Create(IServiceProvider services)
    {
        var status = new Command("status", "Show whether the vault opens, the data keys, and how many secrets each has sealed.");
        status.SetAction((_, stop) => StatusAsync(services, stop));
        var rotate = new Command(
            "rotate", "Add a data key and seal every secret by it. Killed half-way, the next run goes on where it was.") { NewKek };
        rotate.SetAction((arguments, stop) => arguments.GetValue(NewKek) is { } file
            ? RewrapAsync(services, file, stop)
            : RotateAsync(services, stop));
        var renew = new Command("renew", "Make a new key for something that the platform needs one for itself.") { Purpose };
        renew.SetAction((arguments, stop) => RenewAsync(services, arguments.GetRequiredValue(Purpose), stop));
        return new("keys", "The keys that secrets are sealed by.") { status, rotate, renew };
    }

    private static async Task<int> StatusAsync(IServiceProvider services, CancellationToken stop)
    {
        var (seal, rotation) = (services.GetRequiredService<VaultSeal>(), services.GetRequiredService<KeyRotation>());
        await seal.RefreshAsync(stop);
        await Console.Out.WriteLineAsync($"The vault is {seal.State.ToString().ToLowerInvariant()}. {seal.Trouble}".TrimEnd());
        if (await services.GetRequiredService<KeyRingStore>().FindAsync(stop) is not { } ring)
            return 0;

        await Console.Out.WriteLineAsync($"The data keys are wrapped by the key-encryption key {ring.KekId}.");
        var table = new Table().AddColumns("Data key", "Since", "Secrets sealed by it", "State");
        foreach (var key in ring.Keys)
            table.AddRow(Text(key.Version), Text(key.AddedAt), Text(await rotation.CountAsync(key.Version, stop)), StateOf(key, ring));
        Terminal.Print(table);
        return 0;
    }

    private static async Task<int> RotateAsync(IServiceProvider services, CancellationToken stop)
    {
        var seal = await services.OpenVaultAsync(stop);
        var rotation = services.GetRequiredService<KeyRotation>();
        if (await rotation.CountBehindAsync(stop) > 0)
            Terminal.Remarks.WriteLine($"Taking up the rotation to data key {seal.KeyVersion}.");
        else if (await rotation.BeginAsync(stop) is { } refusal)
            throw new UsageException(refusal.Detail);

        var unread = await ResealAsync(rotation, stop);
        await rotation.TidyAsync(stop);
        await Console.Out.WriteLineAsync($"Secrets are sealed by data key {seal.KeyVersion}.");
        return unread.Count == 0
            ? 0
            : throw new UsageException($"Not what was sealed, and left as they are: {string.Join(", ", unread)}");
    }

    private static async Task<IReadOnlyList<SecretAddress>> ResealAsync(KeyRotation rotation, CancellationToken stop)
    {
        var unread = new List<SecretAddress>();
        var total = await rotation.CountBehindAsync(stop);
        await Terminal.Remarks.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask($"Sealing {total} secrets anew", maxValue: Math.Max(1, total));
            await rotation.ResealAsync(
                (address, fault) =>
                {
                    bar.Increment(1);
                    if (fault is not null)
                        unread.Add(address);
                },
                stop);
            bar.Value = bar.MaxValue;
        });
        return unread;
    }

    private static async Task<int> RewrapAsync(IServiceProvider services, string file, CancellationToken stop)
    {
        var seal = await services.OpenVaultAsync(stop);
        using var from = seal.ReadKek();
        using var to = new FileKek(file).Read();
        if (await services.GetRequiredService<KeyRingStore>().RewrapAsync(from, to, stop) is { } refusal)
            throw new UsageException(refusal.Detail);

        await Console.Out.WriteLineAsync(
            $"The data keys are wrapped by {to.Id}. Put {file} where the platform looks for its key before it starts again.");
        return 0;
    }

    private static async Task<int> RenewAsync(IServiceProvider services, string purpose, CancellationToken stop)
    {
        var id = SecretArguments.Id(purpose);
        await services.OpenVaultAsync(stop);
        var key = await services.GetRequiredService<VaultKeys>().RenewAsync(id, stop);
        await Console.Out.WriteLineAsync($"{id} has key {key.Version}; running nodes use it when they start again.");
        return 0;
    }

    private static string StateOf(DataKey key, KeyRing ring) => key switch
    {
        _ when key == ring.Active => "seals",
        { RetiredAt: { } at } => $"out of use since {Text(at)}",
        _ => "decrypts",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
