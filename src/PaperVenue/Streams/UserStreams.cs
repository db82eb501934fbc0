using System.Text.Json;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue.Streams;

/// <summary>One account listening over one connection; the number is the connection's own.</summary>
public sealed record UserSubscription(StreamConnection Connection, int Number, long AccountId);

/// <summary>Who listens to which account.</summary>
public sealed class UserStreams
{
    private readonly Lock gate = new();
    private readonly List<UserSubscription> subscriptions = [];

    public void Add(UserSubscription subscription)
    {
        lock (gate)
            subscriptions.Add(subscription);
    }

    public void Remove(UserSubscription subscription)
    {
        lock (gate)
            subscriptions.Remove(subscription);
    }

    public void Publish(Publication publication)
    {
        if (publication.Reports.Count == 0 && !publication.UserBalances.Any())
            return;

        lock (gate)
        {
            foreach (var report in publication.Reports)
                Send(report.Order.AccountId, json => UserEventJson.Write(json, report, publication.At));
            foreach (var balances in publication.UserBalances)
                Send(balances.Key, json => UserEventJson.Write(json, balances, publication.At));
        }
    }

    private void Send(long accountId, Action<Utf8JsonWriter> write)
    {
        foreach (var subscription in subscriptions.Where(each => each.AccountId == accountId))
        {
            subscription.Connection.Send(StreamHub.Written(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("subscriptionId", subscription.Number);
                json.WritePropertyName("event");
                write(json);
                json.WriteEndObject();
            }));
        }
    }
}
