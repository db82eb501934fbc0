using JasperFx;
using Marten;

namespace Platform.Projections.Idempotency;

/// <summary>
/// A caller's key and what was done under it. It is written in the commit of what was done: where one is, the other is. The
/// answer follows when it is known.
/// </summary>
/// <param name="Id">Of the caller and the key together.</param>
/// <param name="Digest">Of the request: the same key with another request is refused.</param>
/// <param name="ExpiresAt">From then on the key is free again.</param>
/// <param name="Answer">Null from the commit until it was made; and for good when the platform died in between.</param>
public sealed record IdempotencyRecord(Guid Id, string Digest, DateTimeOffset RecordedAt, DateTimeOffset ExpiresAt, RecordedAnswer? Answer);

/// <summary>The first answer, for whoever asks again.</summary>
/// <param name="Body">Null when it had none, or held a secret, which is not kept.</param>
/// <param name="HeldSecret">Whether there was more than is kept.</param>
public sealed record RecordedAnswer(int Status, string? ContentType, string? Location, string? Body, bool HeldSecret);

/// <summary>How it shows that another request with the same key was committed first, and this one was not.</summary>
public static class KeyTaken
{
    extension(Exception error)
    {
        public bool IsKeyTaken => error switch
        {
            DocumentAlreadyExistsException taken => taken.DocType == typeof(IdempotencyRecord),
            AggregateException several => several.InnerExceptions.Any(each => each.IsKeyTaken),
            _ => false,
        };
    }
}

/// <summary>Everything the store has to know about keys.</summary>
public static class IdempotencyStore
{
    extension(StoreOptions options)
    {
        public void AddIdempotency()
        {
            options.Schema.For<IdempotencyRecord>().SingleTenanted().Index(record => record.ExpiresAt);
            options.Listeners.Add(new IdempotentCommit());
        }
    }
}
