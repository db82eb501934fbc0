using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Identity;
using Platform.Domain.Pools;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Trading;
using Wolverine;

namespace Platform.Workers.Pools;

/// <summary>
/// Makes the demo user, pool and account once, with what the venue says the account holds, at the prices of that
/// moment. Every step may be repeated.
/// </summary>
public sealed partial class DemoPool(
    IOptions<DemoOptions> demo, IOptions<TradingOptions> trading, IDocumentStore store, ConnectedVenues venues, MarketBoard board,
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DemoPool> logger) : BackgroundService
{
    /// <summary>The same everywhere, so that guides can name it.</summary>
    public static readonly PoolId Id = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-0000000000d0"));

    private static readonly UserId User = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-0000000000d1"));
    private static readonly Asset Reporting = Asset.From("USDT");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether there is nothing left to make, or no demo is wanted.</summary>
    public bool IsReady { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IsReady = demo.Value is not { Email: not null, Password: not null };
        await BusIsThereAsync(stoppingToken);
        while (!IsReady && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                IsReady = await MakeAsync(demo.Value.Email!, demo.Value.Password!, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
            if (!IsReady)
                await Task.Delay(Pause, time, stoppingToken);
        }
    }

    // The bus takes commands once everything has started.
    private async Task BusIsThereAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task<bool> MakeAsync(string email, string password, CancellationToken cancellationToken)
    {
        var accountId = AccountId.For(Id, trading.Value.VenueId);
        await using var session = store.LightweightSession(Id.Tenant);
        if (await session.LoadAsync<Account>(accountId, cancellationToken) is null)
        {
            if (await OpeningAsync(cancellationToken) is not { } opening)
                return false;

            await SendInPoolAsync(new OpenPool(Id, "Demo pool", Reporting), cancellationToken);
            await SendInPoolAsync(
                new OpenAccount(Id, trading.Value.VenueId, Reporting, LotMethod.Fifo, FeePolicy.Capitalized, opening), cancellationToken);
        }

        // Last: who can sign in finds everything there. A changed password in the settings takes effect.
        await MakeUserAsync(email.ToLowerInvariant(), password, cancellationToken);
        return true;
    }

    // Null until the venue has told its balances and a price for each.
    private async Task<IReadOnlyList<OpeningBalance>?> OpeningAsync(CancellationToken cancellationToken)
    {
        if (venues.Home.Parts.Account is not { } account || await account.BalancesAsync(cancellationToken)
            is not VenueAnswer<IReadOnlyList<VenueBalance>>.Answered { Value: var balances })
            return null;

        List<OpeningBalance> opening = [];
        foreach (var balance in balances.Where(balance => Asset.IsWellFormed(balance.Asset)))
        {
            var amount = new Money(balance.Free.Value + balance.Locked.Value, Asset.From(balance.Asset));
            if (amount.Amount == 0)
                continue;
            if ((amount.Asset == Reporting ? 1 : board.Mark(amount.Asset, Reporting)) is not { } price)
                return null;
            opening.Add(new(amount, Amounts.Round(price), time.GetUtcNow()));
        }
        return opening;
    }

    private Task SendAsync(object command, CancellationToken cancellationToken) =>
        OnBusAsync(bus => bus.InvokeAsync(command, cancellationToken));

    private Task SendInPoolAsync(object command, CancellationToken cancellationToken) =>
        OnBusAsync(bus => bus.InvokeForTenantAsync(Id.Tenant, command, cancellationToken));

    private async Task OnBusAsync(Func<IMessageBus, Task> send)
    {
        await using var scope = scopes.CreateAsyncScope();
        await send(scope.ServiceProvider.GetRequiredService<IMessageBus>());
    }

    // Staff, so that everything there is can be tried by one person.
    private async Task MakeUserAsync(string email, string password, CancellationToken cancellationToken)
    {
        await SendAsync(new RegisterUser(User), cancellationToken);
        await SendAsync(new VerifyAddress(User), cancellationToken);
        await SendAsync(
            new SetUserLevels(User, PlatformLevel.Administrator, Plan.Enterprise, KycLevel.Full, By: null, PlatformLevel.Architect),
            cancellationToken);
        await SendInPoolAsync(new RaiseMember(Id, User, PoolLevel.Owner, By: null), cancellationToken);

        await using var session = store.LightweightSession();
        var known = await session.LoadAsync<UserAccount>(User, cancellationToken);
        if (known is not null && string.Equals(known.Email, email, StringComparison.Ordinal) && Passwords.Verify(password, known.PasswordHash))
            return;

        session.Store(new UserAccount(User, email, Passwords.Hash(password)));
        await session.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The demo pool could not be made yet")]
    private partial void LogFailed(Exception error);
}
