using JasperFx.Events;
using Platform.Domain.Identity;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Projections.Markets;
using Platform.Projections.Pools;
using Platform.Projections.Trading;

namespace Platform.Audit;

/// <summary>Every read model that is kept from events; a test holds this list against what the store registers.</summary>
internal static class ReadModels
{
    public static ReadModel<OrderView> Orders() =>
        ReadModel.Of(new OrderViewProjection(), TradingStore.ReadModels, OrderId.From);

    public static ReadModel<Book> Books() =>
        ReadModel.Of(new BookProjection(), TradingStore.ReadModels, AccountId.From);

    public static IReadOnlyList<ReadModel> All() =>
    [
        ReadModel.Of(new UserProjection(), null, UserId.From),
        ReadModel.Of(new MembershipProjection(), null, MembershipId.From),
        ReadModel.Of(new ApiKeyProjection(), null, ApiKeyId.From),
        ReadModel.Of(new PoolProjection(), null, PoolId.From),
        ReadModel.Of(new AccountProjection(), null, AccountId.From),
        ReadModel.Of(new VenueEntryProjection(), null, VenueEntryId.From),
        ReadModel.Of(new ListedInstrumentProjection(), null, ListedInstrumentId.From),
        Orders(),
        Trades(),
        Books(),
    ];

    private static ReadModel<Trade> Trades() => new(TradingStore.ReadModels, (rows, e) =>
    {
        if (e is IEvent<FillBooked> booked)
        {
            // As live: what is written once stays as it was written.
            rows.TryAdd(booked.Data.Fill.ExecutionId.Value, TradeProjection.Of(booked));
        }
    });
}
