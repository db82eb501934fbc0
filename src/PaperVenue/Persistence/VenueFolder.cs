using System.Security.Cryptography;
using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Persistence;

/// <summary>The folder that a venue lives in: its store, and the file that tells people the demo key.</summary>
public static class VenueFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the folder; the first time it makes the demo account, its key and its money.</summary>
    /// <param name="instruments">Assets that the account never held are granted, once.</param>
    public static VenueStore Open(string folder, IEnumerable<Instrument> instruments)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

        var store = VenueStore.Open(folder);
        if (store.Keys().Count == 0)
            store.AddKey(new(RandomText(), RandomText(), Accounts.Demo));
        Grant(store, instruments);
        WriteKey(Path.Combine(folder, "api-key.json"), store.Keys()[0]);
        return store;
    }

    private static void Grant(VenueStore store, IEnumerable<Instrument> instruments)
    {
        var held = store.Balances().Where(b => b.AccountId == Accounts.Demo).Select(b => b.Asset)
            .ToHashSet(StringComparer.Ordinal);
        var grants = new Changes();
        grants.Add(instruments
            .SelectMany(each => each.Assets)
            .Distinct(StringComparer.Ordinal)
            .Where(asset => !held.Contains(asset))
            .Select(asset => new BalanceChanged(Accounts.Demo, asset, new(Accounts.Grant(asset), 0))));
        if (!grants.IsEmpty)
            store.Commit(grants);
    }

    /// <summary>Written whole or not at all, and never readable by others.</summary>
    private static void WriteKey(string path, ApiKey key)
    {
        var text = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["apiKey"] = key.Key, ["secretKey"] = key.Secret,
        });
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        File.Move(draft, path, overwrite: true);
    }

    private static string RandomText() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64);
}
