using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Platform.PaperVenue.Matching;

/// <summary>Who owns what. Amounts only ever move between accounts, so that every asset's total stays.</summary>
public sealed class Ledger
{
    private readonly Dictionary<(long AccountId, string Asset), Balance> balances = [];
    private readonly HashSet<(long AccountId, string Asset)> touched = [];

    public Balance Of(long accountId, string asset) => balances.GetValueOrDefault((accountId, asset));

    public IEnumerable<(long AccountId, string Asset, Balance Balance)> All =>
        balances.Select(entry => (entry.Key.AccountId, entry.Key.Asset, entry.Value));

    /// <summary>Puts new money in: a demo grant, the house's stock, or what the store kept.</summary>
    public void Set(long accountId, string asset, Balance balance) => balances[(accountId, asset)] = balance;

    public void Credit(long accountId, string asset, decimal amount) => Move(accountId, asset, amount, 0);

    public void Debit(long accountId, string asset, decimal amount) => Move(accountId, asset, -amount, 0);

    public void Lock(long accountId, string asset, decimal amount) => Move(accountId, asset, -amount, amount);

    public void Unlock(long accountId, string asset, decimal amount) => Move(accountId, asset, amount, -amount);

    /// <summary>Lists each balance changed since the last call, once, with its amount now.</summary>
    public void TakeChanges(ICollection<EngineEvent> changes)
    {
        foreach (var key in touched)
            changes.Add(new BalanceChanged(key.AccountId, key.Asset, balances[key]));
        touched.Clear();
    }

    private void Move(long accountId, string asset, decimal free, decimal locked)
    {
        if (free == 0 && locked == 0)
            return;

        ref var balance = ref CollectionsMarshal.GetValueRefOrAddDefault(balances, (accountId, asset), out _);
        balance = new(balance.Free + free, balance.Locked + locked);
        touched.Add((accountId, asset));
        if (balance.Free < 0 || balance.Locked < 0)
            throw new UnreachableException($"Account {accountId} would owe {asset}: {balance}.");
    }
}
