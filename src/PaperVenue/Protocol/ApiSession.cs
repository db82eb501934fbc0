using System.Buffers;
using System.Text.Json;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Protocol;

/// <summary>
/// One connection to the WebSocket API, <c>/ws-api/v3</c>: the same operations under other names, and the user data
/// stream. Messages are answered one after the other.
/// </summary>
public sealed class ApiSession(
    OperationList operations, Gate gate, UserStreams users, StreamConnection connection)
{
    private const int MostSubscriptions = 100;

    private readonly Dictionary<int, UserSubscription> subscriptions = [];
    private int nextNumber;

    public void End()
    {
        foreach (var subscription in subscriptions.Values)
            users.Remove(subscription);
    }

    public async Task ReceiveAsync(ReadOnlyMemory<byte> message)
    {
        ApiRequest? request = null;
        try
        {
            request = ApiRequest.Read(message);
            await AnswerAsync(request);
        }
        catch (RefusedException refused)
        {
            connection.Send(ApiResponse.Refused(request?.Id, refused.Refusal));
        }
    }

    private async Task AnswerAsync(ApiRequest request)
    {
        var now = gate.Now;
        var operation = operations.ByMethod.GetValueOrDefault(request.Method);
        var used = gate.Limit.Add(operation?.Weight ?? 2, now);
        if (used > gate.Limit.Most)
            throw new RefusedException(Refusals.TooMuchWeight(gate.Limit.Most));

        var result = new ArrayBufferWriter<byte>(1024);
        await using (var json = new Utf8JsonWriter(result))
        {
            if (operation is null)
                Manage(request, json, now);
            else
                await operation.RunAsync(new(request.Parameters, AccountOf(request, operation, now), json, now));
        }
        var response = ApiResponse.Good(request.Id, result.WrittenMemory, json => gate.Limit.WriteUse(json, used));
        await SendAsync(request, operation, response);
    }

    private long AccountOf(ApiRequest request, Operation operation, long now) =>
        operation.Security == Security.Private ? Verify(request, now) : 0;

    private long Verify(ApiRequest request, long now) => gate.Signatures.Verify(
        request.Parameters.Text("apiKey"), request.Parameters, [request.PlainPayload, request.EncodedPayload], now);

    private async Task SendAsync(ApiRequest request, Operation? operation, ReadOnlyMemory<byte> response)
    {
        switch (operation is { ChangesOrders: true } ? gate.Faults.Draw() : Fault.None)
        {
            case Fault.DropAck:
                return;
            case Fault.ErrorAfterAccept:
                connection.Send(ApiResponse.Refused(request.Id, Refusals.UnknownExecution));
                return;
            case Fault.DelayAck:
                await Task.Delay(Faults.Delay, gate.Clock);
                break;
            default:
                break;
        }
        connection.Send(response);
    }

    /// <summary>What concerns the connection itself.</summary>
    private void Manage(ApiRequest request, Utf8JsonWriter json, long now)
    {
        switch (request.Method)
        {
            case "userDataStream.subscribe.signature":
                Subscribe(Verify(request, now), json);
                break;
            case "userDataStream.unsubscribe":
                Unsubscribe(request.Parameters.Number("subscriptionId"), json);
                break;
            case "session.subscriptions":
                List(json);
                break;
            case "session.status":
                WriteStatus(json, now);
                break;
            case "session.logon":
                throw new RefusedException(Refusals.HmacCannotLogOn);
            case "userDataStream.subscribe":
                throw new RefusedException(Refusals.SessionNotAuthenticated);
            default:
                throw new RefusedException(Refusals.NotSupported);
        }
    }

    private void Subscribe(long accountId, Utf8JsonWriter json)
    {
        if (subscriptions.Count >= MostSubscriptions)
            throw new RefusedException(Refusals.NotValid("subscriptionId"));
        var subscription = new UserSubscription(connection, nextNumber++, accountId);
        subscriptions.Add(subscription.Number, subscription);
        users.Add(subscription);
        json.WriteStartObject();
        json.WriteNumber("subscriptionId", subscription.Number);
        json.WriteEndObject();
    }

    private void Unsubscribe(long? number, Utf8JsonWriter json)
    {
        var ended = subscriptions.Values.Where(each => number is null || each.Number == number).ToList();
        foreach (var subscription in ended)
        {
            subscriptions.Remove(subscription.Number);
            users.Remove(subscription);
        }
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private void List(Utf8JsonWriter json) => json.WriteList(subscriptions.Keys, (list, number) =>
    {
        list.WriteStartObject();
        list.WriteNumber("subscriptionId", number);
        list.WriteEndObject();
    });

    private static void WriteStatus(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteNull("apiKey");
        json.WriteNull("authorizedSince");
        json.WriteNull("connectedSince");
        json.WriteBoolean("returnRateLimits", true);
        json.WriteNumber("serverTime", now);
        json.WriteEndObject();
    }
}
